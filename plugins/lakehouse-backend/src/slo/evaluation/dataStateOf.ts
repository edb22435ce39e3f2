import {
  STALE_AFTER_MS,
  type SloDataState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObjectivePart } from '../reads/objectiveParts';
import type { SeriesReach } from '../rollups/SloRollups';

const MINUTE_MS = 60_000;

/** Whether an SLO's figures stand. */
export interface DataState {
  readonly data: SloDataState;
  /** Anything was observed lately: else alerts freeze. */
  readonly observed: boolean;
  /** Some objectives of a composite were not. */
  readonly partly: boolean;
  readonly lastDataMs?: number;
  /** From when on all objectives are counted. */
  readonly countedFromMs?: number;
  /** What keeps it from being observed, in one clause. */
  readonly problem?: string;
}

/**
 * @param parts - the newest of each objective
 * @param observedMinutes - of the whole window
 */
export function dataStateOf(options: {
  parts: readonly ObjectivePart[];
  reach: ReadonlyMap<string, SeriesReach>;
  observedMinutes: number;
  /** Where the window begins: what is still to be counted before it does not matter here. */
  windowFromMs: number;
  nowMs: number;
}): DataState {
  const { parts, reach, observedMinutes, windowFromMs, nowMs } = options;
  const reached = parts.flatMap(({ series }) => reach.get(series.id) ?? []);
  const freshFrom = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - STALE_AFTER_MS;
  const seen = reached.filter(
    ({ lastObservedMs = -Infinity }) => lastObservedMs >= freshFrom,
  ).length;
  const lastDataMs = largest(reached.map(each => each.lastObservedMs));
  const problem = reached.find(each => each.problem !== undefined)?.problem;
  const countedFromMs = largest(reached.map(each => each.countedFromMs));
  return {
    data: stateOf(),
    observed: seen > 0,
    partly: seen < parts.length,
    ...(lastDataMs === undefined ? {} : { lastDataMs }),
    ...(countedFromMs === undefined ? {} : { countedFromMs }),
    // An old problem is none while minutes come in.
    ...(problem === undefined || seen === parts.length ? {} : { problem }),
  };

  function stateOf(): SloDataState {
    const isBackfilling = reached.some(
      ({ backfilling, countedFromMs: fromMs = Infinity }) =>
        backfilling && fromMs > windowFromMs,
    );
    if (observedMinutes === 0 && lastDataMs === undefined) {
      return isBackfilling ? 'backfilling' : 'no-data';
    }
    if (seen === 0) return 'stale';
    return isBackfilling ? 'backfilling' : 'measured';
  }
}

function largest(
  values: ReadonlyArray<number | undefined>,
): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length ? Math.max(...known) : undefined;
}
