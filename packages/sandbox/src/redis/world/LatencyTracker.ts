/** Upper bounds in microseconds: powers of two, with the width of a bucket of an HDR histogram from 16 on. */
const BOUNDS_US = Array.from({ length: 24 }, (_, power) =>
  power < 5 ? 2 ** power : Math.floor(2 ** power * 1.03214),
);

/** How long commands took, as LATENCY HISTOGRAM and INFO tell it. */
export class LatencyTracker {
  readonly #byCommand = new Map<
    string,
    { calls: number; totalUs: number; buckets: number[]; failed: number }
  >();

  record(command: string, tookUs: number, failed = false) {
    const known = this.#byCommand.get(command) ?? {
      calls: 0,
      totalUs: 0,
      failed: 0,
      buckets: BOUNDS_US.map(() => 0),
    };
    this.#byCommand.set(command, known);
    known.calls += 1;
    known.totalUs += Math.round(tookUs);
    known.failed += failed ? 1 : 0;
    const at = BOUNDS_US.findIndex(bound => tookUs <= bound);
    known.buckets[at < 0 ? BOUNDS_US.length - 1 : at] += 1;
  }

  reset() {
    this.#byCommand.clear();
  }

  stats() {
    return [...this.#byCommand].map(([command, own]) => ({ command, ...own }));
  }

  /** By command the calls, and how many took at most so long. */
  histogram(wanted: readonly string[]) {
    return [...this.#byCommand]
      .filter(
        ([command]) =>
          !wanted.length ||
          wanted.some(one => command === one || command.startsWith(`${one}|`)),
      )
      .map(([command, { calls, buckets }]) => {
        const atMost: Array<[bound: number, calls: number]> = [];
        let sum = 0;
        buckets.forEach((own, index) => {
          sum += own;
          if (own) atMost.push([BOUNDS_US[index], sum]);
        });
        return { command, calls, atMost };
      });
  }

  /** The bound under which that part of the calls lies. */
  percentileUs(command: string, part: number): number {
    const { calls = 0, buckets = [] } = this.#byCommand.get(command) ?? {};
    let sum = 0;
    const at = buckets.findIndex(own => {
      sum += own;
      return sum >= calls * part;
    });
    return BOUNDS_US[Math.max(0, at)];
  }
}
