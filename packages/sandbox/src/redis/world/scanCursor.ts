/** The bucket of a key in a table of `mask + 1` buckets (FNV-1a). */
export function bucketOf(key: string, mask: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  return (hash & mask) >>> 0;
}

/**
 * Counts a cursor up from its highest bit down: when the table doubles or halves
 * between two steps, the buckets that were visited stay visited.
 */
export function nextCursor(cursor: number, mask: number): number {
  const set = (cursor | ~mask) >>> 0;
  return reverse((reverse(set) + 1) >>> 0);
}

function reverse(bits: number): number {
  let from = bits;
  let to = 0;
  for (let index = 0; index < 32; index += 1) {
    to = ((to << 1) | (from & 1)) >>> 0;
    from >>>= 1;
  }
  return to;
}
