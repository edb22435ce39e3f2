import { type Expression, type QualifiedName } from './ast';
import { type ExpressionContext } from './ExpressionContext';
import { type Relation } from './Relation';

/** Everything a plan is bound to: the session, the catalogs, WITH queries. */
export interface PlanContext extends ExpressionContext {
  /** Throws CATALOG_, SCHEMA_ or TABLE_NOT_FOUND. */
  resolveTable(name: QualifiedName, version?: Expression): Relation;
  named: Map<string, Relation>;
}
