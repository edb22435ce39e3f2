import { sliceSums } from '@lakehouse-ops/plugin-lakehouse-common';
import { CountLine } from '../reads/CountLine';
import type {
  MsRange,
  SeriesReach,
  SliBucket,
  SliSums,
  SloRollups,
  SloSeries,
  SpenderBucket,
} from '../rollups/SloRollups';

const MINUTE_MS = 60_000;
const WIDTHS = { minute: MINUTE_MS, hour: 3_600_000, day: 86_400_000 };

interface Minute {
  good: number;
  total: number;
}

/** {@link SloRollups} over minutes that a test writes, by the connection that is counted. */
export class FakeSloRollups implements SloRollups {
  readonly minutes = new Map<string, Map<number, Minute>>();
  readonly spent = new Map<string, SpenderBucket[]>();
  readonly problems = new Map<string, string>();
  readonly backfilling = new Set<string>();
  /** How often each read was called. */
  readonly calls: Record<string, number> = {};
  readonly #lines = new Map<string, CountLine>();

  /** Writes one figure into each minute of a time. */
  fill(connection: string, range: MsRange, minute: Minute) {
    const minutes = this.minutes.get(connection) ?? new Map<number, Minute>();
    this.minutes.set(connection, minutes);
    this.#lines.delete(connection);
    for (let ms = range.fromMs; ms < range.toMs; ms += MINUTE_MS) {
      minutes.set(ms, minute);
    }
  }

  async sums(requests: ReadonlyArray<{ series: SloSeries } & MsRange>) {
    this.#count('sums');
    return requests.map(({ series, ...range }) => this.#sum(series, range));
  }

  async buckets(
    series: readonly SloSeries[],
    range: MsRange & { width: 'minute' | 'hour' | 'day' },
  ) {
    this.#count('buckets');
    const widthMs = WIDTHS[range.width];
    return new Map(
      series.map(one => {
        const buckets: SliBucket[] = [];
        const from = Math.floor(range.fromMs / widthMs) * widthMs;
        for (let ms = from; ms < range.toMs; ms += widthMs) {
          const sums = this.#sum(one, { fromMs: ms, toMs: ms + widthMs });
          if (sums.observedMinutes) buckets.push({ startMs: ms, ...sums });
        }
        return [one.id, buckets] as const;
      }),
    );
  }

  async spenders(series: SloSeries) {
    this.#count('spenders');
    return this.spent.get(series.source.connection) ?? [];
  }

  async latencyBins(requests: readonly MsRange[]) {
    return requests.map(() => []);
  }

  async reach(series: readonly SloSeries[]) {
    this.#count('reach');
    return new Map(
      series.map(one => {
        const { connection } = one.source;
        const starts = [...(this.minutes.get(connection)?.keys() ?? [])];
        const reach: SeriesReach = {
          backfilling: this.backfilling.has(connection),
          problem: this.problems.get(connection),
          ...(starts.length && {
            countedFromMs: starts.reduce((a, b) => Math.min(a, b)),
            lastObservedMs: starts.reduce((a, b) => Math.max(a, b)),
          }),
        };
        return [one.id, reach] as const;
      }),
    );
  }

  #sum({ source, slice }: SloSeries, range: MsRange): SliSums {
    const from = Math.floor(range.fromMs / MINUTE_MS) * MINUTE_MS;
    const line = this.#lineOf(source.connection);
    const { slices: _none, ...sums } = line.between(from, range.toMs);
    if (!slice) return sums;
    const minutes = [...(this.minutes.get(source.connection) ?? [])]
      .filter(([ms]) => ms >= from && ms < range.toMs)
      .map(([startMs, minute]) => ({ startMs, ...minute }));
    return { ...sums, slices: sliceSums(minutes, slice) };
  }

  #lineOf(connection: string): CountLine {
    const line =
      this.#lines.get(connection) ??
      CountLine.create(
        [...(this.minutes.get(connection) ?? [])].map(([startMs, minute]) => ({
          startMs,
          observedMinutes: 1,
          ...minute,
        })),
      );
    this.#lines.set(connection, line);
    return line;
  }

  #count(call: string) {
    this.calls[call] = (this.calls[call] ?? 0) + 1;
  }
}
