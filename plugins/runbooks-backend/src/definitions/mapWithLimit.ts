/** Does something with each entry, at most so many at a time; in the order of the entries. */
export async function mapWithLimit<T, R>(
  entries: readonly T[],
  limit: number,
  work: (entry: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(entries.length);
  let next = 0;
  const workers = Array.from({ length: limit }, async () => {
    while (next < entries.length) {
      const index = next;
      next += 1;
      results[index] = await work(entries[index]);
    }
  });
  await Promise.all(workers);
  return results;
}
