import {
  isGoodSlice,
  slicesOf,
  type MsSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SeriesReach,
  SliBucket,
  SliSums,
  SloRollups,
  SloSeries,
  SpenderBucket,
} from '../rollups/SloRollups';

const MINUTE_MS = 60_000;
const WIDTHS = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 1_440 * MINUTE_MS,
};

/** A minute as it was counted. */
export interface CountedMinute {
  readonly startMs: number;
  readonly good: number;
  readonly total: number;
}

/** Rollups of minutes in memory: sums are made anew for each answer, so that nothing can be wrong but the reader. */
export class MemoryRollups implements SloRollups {
  readonly minutes = new Map<string, CountedMinute[]>();
  readonly spent: SpenderBucket[] = [];
  readonly bins: Array<{ dayMs: number; bin: number; count: number }> = [];
  /** How often each read was called. */
  readonly calls = { sums: 0, buckets: 0, spenders: 0, latencyBins: 0 };
  problem: string | undefined;

  set(series: SloSeries, minutes: readonly CountedMinute[]) {
    this.minutes.set(
      series.id,
      minutes.toSorted((a, b) => a.startMs - b.startMs),
    );
  }

  async sums(
    requests: ReadonlyArray<{ series: SloSeries } & MsSpan>,
  ): Promise<SliSums[]> {
    this.calls.sums += 1;
    return requests.map(({ series, fromMs, toMs }) =>
      sumsOf(series, this.#inside(series, { fromMs, toMs })),
    );
  }

  async buckets(
    all: readonly SloSeries[],
    range: MsSpan & { width: keyof typeof WIDTHS },
  ): Promise<ReadonlyMap<string, SliBucket[]>> {
    this.calls.buckets += 1;
    const widthMs = WIDTHS[range.width];
    return new Map(
      all.map(series => {
        const groups = new Map<number, CountedMinute[]>();
        for (const minute of this.#inside(series, range)) {
          const startMs = Math.floor(minute.startMs / widthMs) * widthMs;
          groups.set(startMs, [...(groups.get(startMs) ?? []), minute]);
        }
        const buckets = [...groups].map(([startMs, minutes]) => {
          const sums = sumsOf(series, minutes);
          return range.width === 'minute'
            ? { startMs, ...sums, slices: undefined }
            : { startMs, ...sums };
        });
        return [series.id, buckets];
      }),
    );
  }

  async spenders(_series: SloSeries, { fromMs, toMs }: MsSpan) {
    this.calls.spenders += 1;
    return this.spent.filter(
      ({ hourMs }) => hourMs + WIDTHS.hour > fromMs && hourMs < toMs,
    );
  }

  async latencyBins(requests: readonly MsSpan[]) {
    this.calls.latencyBins += 1;
    return requests.map(({ fromMs, toMs }) =>
      this.bins
        .filter(({ dayMs }) => dayMs + WIDTHS.day > fromMs && dayMs < toMs)
        .map(({ bin, count }) => ({ bin, count })),
    );
  }

  async reach(
    all: readonly SloSeries[],
  ): Promise<ReadonlyMap<string, SeriesReach>> {
    return new Map(
      all.map(({ id }) => {
        const minutes = this.minutes.get(id) ?? [];
        return [
          id,
          {
            countedFromMs: minutes[0]?.startMs,
            backfilling: false,
            lastObservedMs: minutes.at(-1)?.startMs,
            problem: this.problem,
          },
        ];
      }),
    );
  }

  #inside(series: SloSeries, { fromMs, toMs }: MsSpan): CountedMinute[] {
    const from = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
    const to = Math.ceil(toMs / MINUTE_MS) * MINUTE_MS;
    return (this.minutes.get(series.id) ?? []).filter(
      ({ startMs }) => startMs >= from && startMs < to,
    );
  }
}

function sumsOf(
  { slice }: SloSeries,
  minutes: readonly CountedMinute[],
): SliSums {
  const sums = {
    good: minutes.reduce((sum, one) => sum + one.good, 0),
    total: minutes.reduce((sum, one) => sum + one.total, 0),
    observedMinutes: minutes.length,
  };
  if (!slice) return sums;
  const slices = slicesOf(minutes, slice.durationMs);
  return {
    ...sums,
    slices: {
      total: slices.length,
      good: slices.filter(one => isGoodSlice(one, slice.target ?? 1)).length,
      ratioSum: slices.reduce((sum, one) => sum + one.good / one.total, 0),
    },
  };
}
