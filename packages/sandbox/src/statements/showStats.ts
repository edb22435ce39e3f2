import { boundText, columnRange } from '../catalogs/columnRange';
import { type Work } from '../cluster/Work';
import { type Expression, type Statement } from '../sql/ast';
import { DOUBLE, isText, VARCHAR } from '../sql/SqlType';
import { type SqlRow, type SqlValue } from '../sql/SqlValue';
import { countRecords, type DataFile } from '../world/DataFile';
import { type LakeTable } from '../world/LakeTable';
import { columns, type TableColumn } from '../world/TableColumn';
import { type StatementContext } from './StatementContext';

const COLUMNS = columns(
  ['column_name', VARCHAR],
  ['data_size', DOUBLE],
  ['distinct_values_count', DOUBLE],
  ['nulls_fraction', DOUBLE],
  ['row_count', DOUBLE],
  ['low_value', VARCHAR],
  ['high_value', VARCHAR],
);
const RANGE_FILES = 40;
const BYTES_PER_TEXT = 9;

function bound(value: SqlValue, column: TableColumn): SqlValue {
  return isText(column.type) ? undefined : boundText(value, column.type);
}

/** A table now, or as of one of its snapshots. */
interface TableView {
  table: LakeTable;
  files: readonly DataFile[];
  sequence?: number;
}

function viewOf(
  table: LakeTable,
  version: Expression | undefined,
  context: StatementContext,
): TableView {
  if (!version) {
    return { table, files: table.files };
  }
  const { files, sequenceNumber } = context.snapshot(table, version);
  return { table, files, sequence: sequenceNumber };
}

/** Ranges come from the files, as fresh as they are; distinct counts from ANALYZE. */
function lakeRow(view: TableView, column: TableColumn, index: number): SqlRow {
  const { table } = view;
  const data = view.files.filter(file => file.content === 0);
  const { low, high } = columnRange(table, data.slice(-RANGE_FILES), index);
  const empty = data.length === 0;
  return [
    column.name,
    isText(column.type) && !empty
      ? countRecords(data) * BYTES_PER_TEXT
      : undefined,
    table.distinctValuesAt(view.sequence).get(column.name),
    empty ? undefined : 0,
    undefined,
    bound(low, column),
    bound(high, column),
  ];
}

/** SHOW STATS FOR a table: a row for each column, then one for the table. */
export function prepareShowStats(
  statement: Extract<Statement, { kind: 'showStats' }>,
  context: StatementContext,
): Work {
  const found = context.target(statement.table, 'nowhere');
  const lake = found.lake && viewOf(found.lake, statement.version, context);
  const rows = found.columns.map((column, i) =>
    lake
      ? lakeRow(lake, column, i)
      : [column.name, ...COLUMNS.slice(1).map(() => undefined)],
  );
  const counted = found.use.connector === 'tpch' ? found.use.rows : undefined;
  const total: SqlRow = [
    undefined,
    undefined,
    undefined,
    undefined,
    lake ? countRecords(lake.files) : counted,
    undefined,
    undefined,
  ];
  return {
    queryType: 'SELECT',
    columns: COLUMNS,
    cost: context.cost({ lazy: true }),
    inputs: [],
    execute: () => ({ rows: [...rows, total] }),
  };
}
