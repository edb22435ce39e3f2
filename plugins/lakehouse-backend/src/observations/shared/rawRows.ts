import type { Knex } from 'knex';

/** Rows of a raw statement, which drivers hand over in different ways. The type is what the statement selects. */
export async function rawRows<T>(
  db: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[],
): Promise<T[]> {
  const result: unknown = await db.raw(sql, bindings);
  const rows: unknown = hasRows(result) ? result.rows : result;
  return isRows<T>(rows) ? rows : [];
}

function hasRows(result: unknown): result is { readonly rows: unknown } {
  return typeof result === 'object' && result !== null && 'rows' in result;
}

function isRows<T>(rows: unknown): rows is T[] {
  return Array.isArray(rows);
}
