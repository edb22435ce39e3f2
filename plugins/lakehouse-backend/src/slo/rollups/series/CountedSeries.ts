import type { SloSeries } from '../SloRollups';

/** Stands for a bound that is not there. */
export const FAR_MS = 8_640_000_000_000_000;

/**
 * `query`: counted with each query. `look`: looked at once a minute.
 * `scope`: which minutes of a connection's queries were observed, shared by
 * all its query series.
 */
export type SeriesKind = 'query' | 'look' | 'prometheus' | 'scope';

/** A series as it is kept. */
export interface CountedSeries {
  readonly id: string;
  readonly connection: string;
  readonly kind: SeriesKind;
  readonly series: SloSeries;
  /** First minute that is counted. What happens before is left to backfilling. */
  readonly countedFromMs: number;
  /** To where the past is still to be counted. */
  readonly pendingFromMs?: number;
  readonly observedMs?: number;
  readonly problem?: string;
  /** Since when no objective asks for it; it is counted for a while yet. */
  readonly endedMs?: number;
}

/** Whether a part of the past is still to be counted. */
export function isPending(counted: CountedSeries): boolean {
  const { pendingFromMs, countedFromMs } = counted;
  return pendingFromMs !== undefined && pendingFromMs < countedFromMs;
}

/** Id of the series of minutes in which a connection's queries were observed. */
export function scopeOf(connection: string): string {
  return `queries:${connection}`;
}

export function kindOf({ source }: SloSeries): SeriesKind {
  if (source.type === 'prometheus') return 'prometheus';
  switch (source.indicator) {
    case 'query-success':
    case 'query-latency':
    case 'queue-time':
      return 'query';
    default:
      return 'look';
  }
}
