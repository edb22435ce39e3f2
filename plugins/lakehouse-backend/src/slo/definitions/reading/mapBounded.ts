/** As `map`, with so many at a time. */
export async function mapBounded<T, U>(
  all: readonly T[],
  limit: number,
  map: (item: T) => Promise<U>,
): Promise<U[]> {
  const results = new Map<number, U>();
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const index = next;
      next += 1;
      results.set(index, await map(all[index]));
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(limit, all.length) }, worker),
  );
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
