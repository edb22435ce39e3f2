import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../../observations/ObservationStore';
import { floorTo, MINUTE_MS } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';
import type { MinuteLooks } from './replaceMinutes';

/** What looks read. */
export type LookStore = Pick<
  ObservationStore,
  | 'caches'
  | 'clusterSamples'
  | 'dashboards'
  | 'gaps'
  | 'knownTables'
  | 'lastSweep'
>;

/** Minutes to look at, and when it is now. */
export interface LookTime extends MsRange {
  readonly nowMs: number;
}

/** What looking at a series gave. */
export interface LookResult {
  readonly minutes: MinuteLooks;
  /** Why minutes were not observed, in one clause. */
  readonly problem?: string;
  /** It could not be asked; what stands is not touched. */
  readonly failed?: boolean;
}

/** Looks at all series of one connection that it is for, so that they share what is read. */
export type Look = (options: {
  store: LookStore;
  connection: string;
  series: readonly SloSeries[];
  time: LookTime;
}) => Promise<ReadonlyMap<string, LookResult>>;

/** Starts of the minutes of a range. */
export function minutesOf({ fromMs, toMs }: MsRange): number[] {
  const minutes: number[] = [];
  for (let at = floorTo(fromMs, MINUTE_MS); at < toMs; at += MINUTE_MS) {
    minutes.push(at);
  }
  return minutes;
}

/** Gaps of a connection that touch the time, on one of the subjects. */
export async function gapsOf(
  store: Pick<LookStore, 'gaps'>,
  connection: string,
  options: { time: LookTime; subjects: readonly GapSubject[] },
): Promise<Gap[]> {
  const { time, subjects } = options;
  const gaps = await store.gaps(connection, {
    from: new Date(time.fromMs).toISOString(),
    to: new Date(time.toMs).toISOString(),
  });
  return gaps.filter(({ subject }) => subjects.includes(subject));
}

/** The gap that keeps a minute from being observed, if there is one. */
export function gapIn(gaps: readonly Gap[], minuteMs: number): Gap | undefined {
  return gaps.find(
    ({ since, until }) =>
      Date.parse(since) < minuteMs + MINUTE_MS &&
      (until === undefined || Date.parse(until) > minuteMs),
  );
}

/** Each series with the same, where nothing of the connection can be told. */
export function unseen(
  series: readonly SloSeries[],
  problem: string,
): ReadonlyMap<string, LookResult> {
  return new Map(
    series.map(({ id }) => [id, { minutes: new Map(), problem, failed: true }]),
  );
}
