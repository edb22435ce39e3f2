import type {
  LatencyBin,
  SliSource,
  SliThreshold,
  SpenderDimension,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What is counted for one objective. Objectives that count the same share one; a new target alone needs no new one. */
export interface SloSeries {
  /** Hash of all that follows. */
  readonly id: string;
  readonly source: SliSource;
  readonly threshold?: SliThreshold;
  /** Of time slices, which begin at whole multiples of their duration (UTC). */
  readonly slice?: { readonly durationMs: number; readonly target?: number };
}

/** Times in epoch ms: [fromMs, toMs). Whole minutes; others are widened to them. */
export interface MsRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Sums over a time. */
export interface SliSums {
  readonly good: number;
  readonly total: number;
  /** Minutes in which the source was observed, whether or not there was anything to count. */
  readonly observedMinutes: number;
  /** Of time slices: those with something to count. */
  readonly slices?: {
    readonly good: number;
    readonly total: number;
    /** Sum over slices of good/total. */
    readonly ratioSum: number;
  };
}

export interface SliBucket extends SliSums {
  readonly startMs: number;
}

/** Bad events of one hour by what they had in common; events with several values are shared out evenly. */
export interface SpenderBucket {
  readonly hourMs: number;
  readonly dimension: SpenderDimension;
  /** Empty for events without one; `(other)` beyond the limit of values. */
  readonly value: string;
  readonly bad: number;
}

/** How far the counting of a series reaches. */
export interface SeriesReach {
  /** Epoch ms of the first minute that is counted; absent before the first count. */
  readonly countedFromMs?: number;
  /** The past is still being counted. */
  readonly backfilling: boolean;
  /** Epoch ms of the newest minute that was observed. */
  readonly lastObservedMs?: number;
  /** What kept it from being observed last, in one clause. */
  readonly problem?: string;
}

/** Reads of what was counted. Costs follow the number of buckets, never that of events. */
export interface SloRollups {
  /**
   * In the order asked for; a few statements for all of them.
   *
   * Nothing before `countedFromMs` counts. A slice belongs to the time in which
   * it begins: one that begins before the range does not count, of one that the
   * range's end cuts only what lies in the range. So ranges that meet tell no
   * slice twice.
   *
   * Counts by the minute are kept for days only. Where they are gone, both ends
   * of a range move back to whole hours: what meets still meets, but no minute
   * can be cut out of that time any more.
   */
  sums(
    requests: ReadonlyArray<{ series: SloSeries } & MsRange>,
  ): Promise<SliSums[]>;
  /** Oldest first; buckets without anything observed or counted are left out. At most 50,000 (day buckets for the longest windows). */
  buckets(
    series: readonly SloSeries[],
    range: MsRange & { width: 'minute' | 'hour' | 'day' },
  ): Promise<ReadonlyMap<string, SliBucket[]>>;
  spenders(series: SloSeries, range: MsRange): Promise<SpenderBucket[]>;
  /** In the order asked for: counts by bin of the latency sketch, whole days (UTC). Empty where the source has no latency. */
  latencyBins(
    requests: ReadonlyArray<{ series: SloSeries } & MsRange>,
  ): Promise<LatencyBin[][]>;
  reach(
    series: readonly SloSeries[],
  ): Promise<ReadonlyMap<string, SeriesReach>>;
}

/** Keeps the counts. */
export interface SloRollupKeeper {
  /** Tells which series are wanted: new ones are counted from now on and backfilled, others end and are pruned later. */
  setSeries(series: readonly SloSeries[]): Promise<void>;
  /** Counts what is looked at once a minute, marks observed minutes, corrects the newest ones, and goes on with backfilling. Bounded per call. */
  tick(options: { nowMs: number; signal: AbortSignal }): Promise<void>;
  /** Deletes what was counted before, counts by the minute much earlier, and series that nobody has asked for in days. Bounded per call; returns how many rows. */
  prune(options: { beforeMs: number }): Promise<number>;
}
