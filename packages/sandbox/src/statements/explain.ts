import { type TableUse, type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { prepareSelect } from './select';
import { type StatementContext } from './StatementContext';

type Explain = Extract<Statement, { kind: 'explain' }>;

/** Iceberg tables stand in plans with the snapshot they would be read at. */
function handleOf(use: TableUse): string {
  const name = `${use.catalog}:${use.schema}.${use.table}`;
  if (use.connector !== 'iceberg' || use.table.includes('$')) {
    return name;
  }
  const snapshot = use.snapshotId === undefined ? '' : `@${use.snapshotId}`;
  return `${name}$data${snapshot}`;
}

function jsonPlan(inputs: TableUse[]): string {
  const scans = inputs.map((use, i) => ({
    id: String(i + 1),
    name: 'TableScan',
    descriptor: { table: handleOf(use) },
    outputs: [],
    details: [],
    estimates: [{ outputRowCount: use.rows }],
    children: [],
  }));
  const plan = {
    id: String(scans.length + 1),
    name: 'Output',
    descriptor: { columnNames: '[_col0]' },
    outputs: [],
    details: [],
    estimates: [],
    children: scans,
  };
  return JSON.stringify(plan, undefined, 2).replace(
    /^(\s*"[^"\n]+"):/gm,
    '$1 :',
  );
}

function textPlan(inputs: TableUse[], version: string): string {
  return [
    `Trino version: ${version}`,
    'Fragment 0 [SINGLE]',
    '    Output partitioning: SINGLE []',
    ...inputs.flatMap(use => [
      `    TableScan[table = ${handleOf(use)}]`,
      `        Estimates: {rows: ${use.rows}, memory: 0B, network: 0B}`,
    ]),
    '',
  ].join('\n');
}

/** EXPLAIN: checks and plans a query without reading anything. */
export function prepareExplain(
  statement: Explain,
  context: StatementContext,
): Work {
  if (statement.statement.kind === 'select') {
    prepareSelect(statement.statement.query, context);
  }
  const { inputs } = context;
  const text =
    statement.format === 'json'
      ? jsonPlan(inputs)
      : textPlan(inputs, context.world.version);
  return {
    queryType: 'EXPLAIN',
    columns: [
      { name: 'Query Plan', type: { kind: 'varchar', length: text.length } },
    ],
    cost: context.cost({ lazy: !statement.analyze }),
    inputs: [],
    execute: () => ({ rows: [[text]] }),
  };
}
