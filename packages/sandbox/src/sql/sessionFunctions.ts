import { constant, type Compiled } from './Compiled';
import { type ExpressionContext } from './ExpressionContext';
import { DATE, UNKNOWN, VARCHAR, zonedTimestamp } from './SqlType';
import { timestampOfMillis } from './SqlValue';
import { dateOfTimestamp } from './temporal';

/** Functions whose value is the session's, not the row's. */
export function sessionFunction(
  name: string,
  context: ExpressionContext,
): Compiled | undefined {
  const now = timestampOfMillis(context.now.getTime());
  switch (name) {
    case 'current_user':
      return constant(context.user, VARCHAR);
    case 'current_catalog':
      return constant(context.catalog, context.catalog ? VARCHAR : UNKNOWN);
    case 'current_schema':
      return constant(context.schema, context.schema ? VARCHAR : UNKNOWN);
    case 'version':
      return constant(context.version, VARCHAR);
    case 'current_date':
      return constant(dateOfTimestamp(now), DATE);
    case 'now':
    case 'current_timestamp':
      return constant(now, zonedTimestamp(3));
    case 'localtimestamp':
      return constant(now, { kind: 'timestamp', precision: 3, zoned: false });
    default:
      return undefined;
  }
}
