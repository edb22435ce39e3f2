/** Rows in one statement: SQLite takes at most 32,766 values in one. */
const CHUNK = 100;

/** Rows, or keys of them, in parts that one statement takes. */
export function rowChunks<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += CHUNK) {
    parts.push(all.slice(from, from + CHUNK));
  }
  return parts;
}
