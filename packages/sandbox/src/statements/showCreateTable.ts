import { quoteIdentifier, quoteName } from '../catalogs/quoteName';
import { formatType } from '../sql/formatType';
import { IcebergTable } from '../world/IcebergTable';
import { type LakeTable } from '../world/LakeTable';

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function partitioning(table: LakeTable): string[] {
  if (table.partitionFields.length === 0) {
    return [];
  }
  const fields = table.partitionFields.map(({ column, transform }) => {
    const { name } = table.columns[column];
    return text(transform === 'day' ? `day(${name})` : name);
  });
  const property =
    table instanceof IcebergTable ? 'partitioning' : 'partitioned_by';
  return [`${property} = ARRAY[${fields.join(',')}]`];
}

/** The statement that would create the table, laid out as Trino prints it. */
export function showCreateTable(table: LakeTable): string {
  const columns = table.columns.map(({ name, type, comment }) => {
    const suffix = comment ? ` COMMENT ${text(comment)}` : '';
    return `   ${quoteIdentifier(name)} ${formatType(type)}${suffix}`;
  });
  const location = `location = ${text(table.location)}`;
  const properties =
    table instanceof IcebergTable
      ? [
          `format = 'PARQUET'`,
          'format_version = 2',
          location,
          'max_commit_retry = 4',
          ...partitioning(table),
        ]
      : [location, ...partitioning(table)];
  return [
    `CREATE TABLE ${quoteName(table.name)} (`,
    columns.join(',\n'),
    ')',
    ...(table.comment ? [`COMMENT ${text(table.comment)}`] : []),
    'WITH (',
    properties.map(line => `   ${line}`).join(',\n'),
    ')',
  ].join('\n');
}
