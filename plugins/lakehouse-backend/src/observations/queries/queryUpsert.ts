import type { SqlDialect, SqlType } from '../dialect';
import { QUERY_FIELDS, QUERY_TEXT_BIT } from './queryFields';

const FIXED: ReadonlyArray<readonly [string, SqlType]> = [
  ['connection', 'text'],
  ['query_id', 'text'],
  ['listener_mask', 'integer'],
  ['state_rank', 'integer'],
  ['alive_at', 'integer'],
  ['listener_at', 'integer'],
  ['poll_at', 'integer'],
  ['text_truncated', 'integer'],
];

const LATEST = ['state_rank', 'alive_at', 'listener_at', 'poll_at'];

/**
 * One statement that inserts a JSON array of rows and merges each into the row
 * that stands, by the rule of `mergeQueryRows`: no reading before writing, and
 * one bound value however many rows there are.
 */
export function queryUpsertSql(dialect: SqlDialect): string {
  const columns = [
    ...FIXED,
    ...QUERY_FIELDS.map(({ column, type }) => [column, type] as const),
  ];
  const { select, from } = dialect.rowsOfJson(columns);
  const names = columns.map(([name]) => name).join(', ');
  const { greatest } = dialect;

  const told = (row: string, bit: number) => `(${row}.listener_mask & ${bit})`;
  const merged = (column: string, bit: number, same: string) =>
    `${column} = CASE ` +
    `WHEN ${told('excluded', bit)} = ${told('queries', bit)} THEN ${same} ` +
    `WHEN ${told('excluded', bit)} > 0 THEN excluded.${column} ` +
    `ELSE queries.${column} END`;

  const sets = [
    'listener_mask = queries.listener_mask | excluded.listener_mask',
    ...LATEST.map(
      column =>
        `${column} = ${greatest(`queries.${column}`, `excluded.${column}`)}`,
    ),
    ...QUERY_FIELDS.map(({ column }, index) =>
      merged(
        column,
        1 << index,
        greatest(`queries.${column}`, `excluded.${column}`),
      ),
    ),
    merged(
      'text_truncated',
      QUERY_TEXT_BIT,
      'CASE ' +
        `WHEN queries.query_text = excluded.query_text THEN ${greatest(
          'queries.text_truncated',
          'excluded.text_truncated',
        )} ` +
        'WHEN queries.query_text IS NULL OR excluded.query_text > queries.query_text ' +
        'THEN excluded.text_truncated ELSE queries.text_truncated END',
    ),
  ];
  // "WHERE true" keeps SQLite from reading ON CONFLICT as a join's ON.
  return (
    `INSERT INTO queries (${names}) SELECT ${select} FROM ${from} WHERE true ` +
    `ON CONFLICT (connection, query_id) DO UPDATE SET ${sets.join(', ')}`
  );
}

export function queryTablesInsertSql(dialect: SqlDialect): string {
  const columns = [
    ['connection', 'text'],
    ['query_id', 'text'],
    ['table_name', 'text'],
    ['written', 'integer'],
  ] as const;
  const { select, from } = dialect.rowsOfJson(columns);
  const names = columns.map(([name]) => name).join(', ');
  return `INSERT INTO query_tables (${names}) SELECT ${select} FROM ${from} WHERE true ON CONFLICT DO NOTHING`;
}
