import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { castValue } from '../sql/castValue';
import { commonType } from '../sql/commonType';
import { formatType } from '../sql/formatType';
import { planQuery } from '../sql/planQuery';
import { type Relation } from '../sql/Relation';
import { isText, type SqlType } from '../sql/SqlType';
import { type SqlRow } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { totalBytes } from '../world/DataFile';
import { type LakeTable } from '../world/LakeTable';
import { type TableColumn } from '../world/TableColumn';
import { partitionFilter } from './partitionFilter';
import { rowCountWork } from './rowCountWork';
import { type StatementContext } from './StatementContext';

/** Rows a statement may store: the sandbox keeps them in memory. */
const MAX_STORED_ROWS = 20_000;
const INSERT_MS = 120;

function assignable(from: SqlType, to: SqlType): boolean {
  if (isText(from) && isText(to)) {
    return true;
  }
  const common = commonType(from, to);
  return common !== undefined && formatType(common) === formatType(to);
}

function checkTypes(
  relation: Relation,
  columns: TableColumn[],
  statement: { column: number },
): void {
  const given = relation.fields.map(field => field.type);
  const matches =
    given.length === columns.length &&
    given.every((type, i) => assignable(type, columns[i].type));
  if (!matches) {
    const list = (types: SqlType[]) => types.map(formatType).join(', ');
    throw new TrinoError({
      name: 'TYPE_MISMATCH',
      message: `Insert query has mismatched column types: Table: [${list(
        columns.map(c => c.type),
      )}], Query: [${list(given)}]`,
      location: { line: 1, column: statement.column },
    });
  }
}

/** Reads at most so many rows, in the table's column order and types. */
export function rowsFor(
  table: LakeTable,
  relation: Relation,
  columns: TableColumn[],
): SqlRow[] {
  const target = table.columns.map(column => columns.indexOf(column));
  const rows: SqlRow[] = [];
  for (const row of relation.rows()) {
    if (rows.length >= MAX_STORED_ROWS) {
      break;
    }
    rows.push(
      target.map((from, i) =>
        from < 0
          ? undefined
          : castValue(
              row[from],
              relation.fields[from].type,
              table.columns[i].type,
            ),
      ),
    );
  }
  return rows;
}

/** Iceberg's collect_extended_statistics_on_write, on by default. */
function collectsStatistics(context: StatementContext): boolean {
  const { properties } = context.session;
  return (
    properties.get('iceberg.collect_extended_statistics_on_write') !== 'false'
  );
}

/** INSERT: its rows become one new file for each partition. */
export function prepareInsert(
  statement: Extract<Statement, { kind: 'insert' }>,
  context: StatementContext,
): Work {
  const table = context.lakeTarget(statement.table, { column: 1 });
  const columns = statement.columns
    ? statement.columns.map(name => columnNamed(table, name))
    : table.columns;
  const relation = planQuery(statement.query, context.plan());
  checkTypes(relation, columns, { column: 1 });
  const { use } = context.target(statement.table);
  return rowCountWork({
    queryType: 'INSERT',
    updateType: 'INSERT',
    context,
    output: use,
    cost: { ...context.cost(), runMs: INSERT_MS },
    apply() {
      const rows = rowsFor(table, relation, columns);
      const files = table.filesOf(rows);
      table.append(files, context.commit());
      if (collectsStatistics(context)) {
        table.analyze(undefined, context.commit());
      }
      return {
        count: rows.length,
        cost: { writtenRows: rows.length, writtenBytes: totalBytes(files) },
      };
    },
  });
}

function columnNamed(table: LakeTable, name: string): TableColumn {
  const found = table.columns.find(c => c.name === name.toLowerCase());
  if (!found) {
    throw new TrinoError({
      name: 'COLUMN_NOT_FOUND',
      message: `Insert column name does not exist in target table: ${name}`,
      location: { line: 1, column: 1 },
    });
  }
  return found;
}

/** DELETE of whole partitions: a change of metadata alone. */
export function prepareDelete(
  statement: Extract<Statement, { kind: 'delete' }>,
  context: StatementContext,
): Work {
  const table = context.lakeTarget(statement.table, { column: 1 });
  const matches = partitionFilter(statement.where, table, context);
  const { use } = context.target(statement.table);
  return rowCountWork({
    queryType: 'DELETE',
    updateType: 'DELETE',
    context,
    output: use,
    cost: { ...context.cost({ lazy: true }), runMs: INSERT_MS },
    apply() {
      const files = table.files.filter(f => matches?.(f.partition) ?? true);
      const count = files
        .filter(file => file.content === 0)
        .reduce((sum, file) => sum + file.records, 0);
      table.remove(files, context.commit());
      return { count };
    },
  });
}
