/**
 * Runs over the items, at most `concurrency` at a time, and yields each result as it
 * comes. Starts no further item once `stop` says so.
 */
export async function* mapConcurrently<I, R>(
  items: Iterable<I>,
  options: {
    concurrency: number;
    run: (item: I) => Promise<R>;
    stop?: () => boolean;
  },
): AsyncIterable<R> {
  const iterator = items[Symbol.iterator]();
  const running = new Set<Promise<Settled<R>>>();
  let exhausted = false;
  for (;;) {
    while (!exhausted && running.size < options.concurrency) {
      if (options.stop?.()) {
        exhausted = true;
        break;
      }
      const next = iterator.next();
      if (next.done) {
        exhausted = true;
        break;
      }
      const task: Promise<Settled<R>> = options
        .run(next.value)
        .then(value => ({ task, value }));
      running.add(task);
    }
    if (running.size === 0) return;
    const settled = await Promise.race(running);
    running.delete(settled.task);
    yield settled.value;
  }
}

interface Settled<R> {
  readonly task: Promise<Settled<R>>;
  readonly value: R;
}
