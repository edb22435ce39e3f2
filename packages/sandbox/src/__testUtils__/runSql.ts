import { formatType } from '../sql/formatType';
import { parseStatement } from '../sql/parseStatement';
import { type PlanContext } from '../sql/PlanContext';
import { planQuery } from '../sql/planQuery';
import { clientValue } from '../protocol/clientTypes';
import { type ExactJson } from '../protocol/exactJson';

export const TEST_NOW = new Date('2026-03-04T05:06:07.089Z');

function createContext(): PlanContext {
  const context: PlanContext = {
    user: 'tester',
    catalog: 'iceberg',
    schema: 'lake',
    version: '476',
    now: TEST_NOW,
    parameters: [],
    named: new Map(),
    resolveTable: name => {
      throw new Error(`no table ${name.parts.join('.')}`);
    },
    runQuery: query => {
      const relation = planQuery(query, context);
      return {
        types: relation.fields.map(field => field.type),
        rows: [...relation.rows()],
      };
    },
  };
  return context;
}

/** Runs a query that reads no table; values as a client would see them. */
export function runSql(sql: string): {
  names: (string | undefined)[];
  types: string[];
  rows: ExactJson[][];
} {
  const statement = parseStatement(sql);
  if (statement.kind !== 'select') {
    throw new Error(`not a query: ${sql}`);
  }
  const relation = planQuery(statement.query, createContext());
  const { fields } = relation;
  return {
    names: fields.map(field => field.name),
    types: fields.map(field => formatType(field.type)),
    rows: [...relation.rows()].map(row =>
      fields.map(({ type }, i) => clientValue(row[i], type, true)),
    ),
  };
}
