/** Sums over time slices that had something to count. @public */
export interface SliceSums {
  readonly good: number;
  readonly total: number;
  /** Sum over slices of good/total. */
  readonly ratioSum: number;
}

/** Sums over a time: events, or values looked at; and of time slices. @public */
export interface SloSums {
  readonly good: number;
  readonly total: number;
  /** Needed for Timeslices and RatioTimeslices. */
  readonly slices?: SliceSums;
}

/** Good and total of one minute. @public */
export interface SloMinute {
  readonly startMs: number;
  readonly good: number;
  readonly total: number;
  /** Whether the source was observed; true unless told. */
  readonly observed?: boolean;
}

/** A figure that can be counted with: finite and not below 0. */
export function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
