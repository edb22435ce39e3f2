/** What is shown of a list after it changed. */
export interface MergedRows<T> {
  readonly rows: readonly T[];
  /** Ids of pinned rows that are shown though the list no longer has them. */
  readonly goneIds: ReadonlySet<string>;
  /** How many rows of the list are not shown yet. */
  readonly waiting: number;
}

/**
 * Brings what was shown and what came in together. While `hold`, the rows
 * shown before stay in their places with new values, and new rows wait.
 * Pinned rows stay in any case, at the place where they were.
 */
export function mergeRows<T>(options: {
  before: readonly T[] | undefined;
  rows: readonly T[];
  idOf: (row: T) => string;
  pinnedIds: ReadonlySet<string>;
  hold: boolean;
}): MergedRows<T> {
  const { before, rows, idOf, pinnedIds, hold } = options;
  const byId = new Map(rows.map(row => [idOf(row), row]));
  if (!before) return { rows, goneIds: new Set(), waiting: 0 };
  if (hold) {
    const beforeIds = new Set(before.map(idOf));
    return {
      rows: before.map(row => byId.get(idOf(row)) ?? row),
      goneIds: new Set([...pinnedIds].filter(id => !byId.has(id))),
      waiting: rows.filter(row => !beforeIds.has(idOf(row))).length,
    };
  }
  const merged = [...rows];
  const goneIds = new Set<string>();
  before.forEach((row, index) => {
    const id = idOf(row);
    if (pinnedIds.has(id) && !byId.has(id)) {
      goneIds.add(id);
      merged.splice(Math.min(index, merged.length), 0, row);
    }
  });
  return { rows: merged, goneIds, waiting: 0 };
}
