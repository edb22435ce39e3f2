import { type Query } from './ast';
import { type Compiled } from './Compiled';
import { type SqlType } from './SqlType';
import { type SqlRow } from './SqlValue';

/** What expressions need to know of the session they run in. */
export interface ExpressionContext {
  user: string;
  catalog?: string;
  schema?: string;
  version: string;
  now: Date;
  /** Values for `?`, from EXECUTE ... USING. */
  parameters: Compiled[];
  /** Runs an uncorrelated subquery. */
  runQuery(query: Query): { types: SqlType[]; rows: SqlRow[] };
}
