import type { CountedSeries } from '../series/CountedSeries';
import { MINUTE_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import type { LookTime } from './Look';

/** By how many places the first one moves on each minute: a prime. */
const TURN = 37;

/** Each minute another is the first, so that none is left out time and again when there is no time for all. */
export function inTurn(
  group: readonly CountedSeries[],
  nowMs: number,
): CountedSeries[] {
  const first = Math.floor((nowMs / MINUTE_MS) * TURN) % group.length;
  return [...group.slice(first), ...group.slice(0, first)];
}

/** Series that are looked at together: of one connection and one kind of look. */
export function groupsOf(all: readonly CountedSeries[]): CountedSeries[][] {
  const groups = new Map<string, CountedSeries[]>();
  for (const counted of all) {
    const { source } = counted.series;
    const look = source.type === 'lakehouse' ? source.indicator : source.type;
    const key = `${counted.connection}\n${look}`;
    const of = groups.get(key);
    if (of) of.push(counted);
    else groups.set(key, [counted]);
  }
  return [...groups.values()];
}

/** Series of a group by the time that is looked at, without those for which there is none. */
export function byTime(
  group: readonly CountedSeries[],
  timeOfOne: (counted: CountedSeries) => LookTime,
): Array<{ connection: string; series: SloSeries[]; time: LookTime }> {
  const times = new Map<
    number,
    { connection: string; series: SloSeries[]; time: LookTime }
  >();
  for (const counted of group) {
    const time = timeOfOne(counted);
    if (time.fromMs >= time.toMs) continue;
    const { connection, series } = counted;
    const of = times.get(time.fromMs);
    if (of) of.series.push(series);
    else times.set(time.fromMs, { connection, series: [series], time });
  }
  return [...times.values()];
}
