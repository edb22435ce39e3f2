import { type TableName } from '../world/TableName';

/** An identifier as Trino prints it: quoted only where it must be. */
export function quoteIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name)
    ? name
    : `"${name.replaceAll('"', '""')}"`;
}

export function quoteName({ catalog, schema, table }: TableName): string {
  return [catalog, schema, table].map(quoteIdentifier).join('.');
}
