import { InputError } from '@backstage/errors';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';

/** A table's name without its connection. @public */
export type TrinoTableName = Omit<TableRef, 'connection'>;

/**
 * Writes a name as a quoted SQL identifier. The only place where a name becomes SQL.
 *
 * Source: SQL:2016 5.2 delimited identifiers, as in Trino's grammar (`QUOTED_IDENTIFIER`).
 *
 * @throws InputError when it is empty or holds U+0000 or half a surrogate pair
 * @public
 */
export function quoteIdentifier(name: string): string {
  if (name === '') {
    throw new InputError(
      'An SQL name is empty. Give the name of a catalog, schema, table or column.',
    );
  }
  refuseUnsendable(name, 'name');
  return `"${name.replace(/"/g, '""')}"`;
}

/**
 * Writes `"catalog"."schema"."table"`.
 *
 * @throws InputError when a part can't be a name
 * @public
 */
export function quoteTable(table: TrinoTableName): string {
  return [table.catalog, table.schema, table.table]
    .map(quoteIdentifier)
    .join('.');
}

/**
 * Writes the name of one of a table's metadata tables, for example
 * `"catalog"."schema"."table$snapshots"`.
 *
 * @throws InputError when a part can't be a name, or the kind is not a plain word
 * @public
 */
export function quoteMetadataTable(
  table: TrinoTableName,
  kind: string,
): string {
  if (!/^[a-z_]+$/.test(kind)) {
    throw new InputError(
      `'${kind}' is not a kind of metadata table. Use a word such as snapshots, files or partitions.`,
    );
  }
  return quoteTable({ ...table, table: `${table.table}$${kind}` });
}

/**
 * Writes a text as an SQL string literal. The only place where a value becomes SQL.
 * Trino's plain literals know no escapes but the doubled quote.
 *
 * @throws InputError when it holds U+0000 or half a surrogate pair
 * @public
 */
export function quoteString(text: string): string {
  refuseUnsendable(text, 'text');
  return `'${text.replace(/'/g, "''")}'`;
}

/** Lone surrogates: what UTF-8 can't carry. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function refuseUnsendable(text: string, what: string) {
  if (text.includes('\0') || LONE_SURROGATE.test(text)) {
    throw new InputError(
      `An SQL ${what} holds a character that no ${what} can hold (U+0000 or half a surrogate pair). Remove it.`,
    );
  }
}
