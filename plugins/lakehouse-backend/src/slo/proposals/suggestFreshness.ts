import {
  attainmentText,
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../observations/ObservationStore';
import { pleasantAbove, targetBelow } from './steps';
import { BASED_ON_DAYS, DAY_MS, type Suggestion } from './Suggestion';

const COMMITS_MAX = 200;
const COMMITS_MIN = 4;
const MINUTE_MS = 60_000;

/** A promise about the age of a table's newest commit, from the times between commits. */
export async function suggestFreshness(options: {
  store: Pick<ObservationStore, 'queryPage' | 'table'>;
  ref: TableRef;
  nowMs: number;
}): Promise<Suggestion[]> {
  const { ref, nowMs } = options;
  const gaps = await commitIntervals(options);
  if (gaps.length < COMMITS_MIN - 1) return [];
  const sorted = gaps.toSorted((a, b) => a - b);
  const threshold = pleasantAbove(sorted[Math.floor(sorted.length * 0.95)]);
  if (!threshold) return [];
  const totalMs = gaps.reduce((sum, ms) => sum + ms, 0);
  const lateMs = gaps.reduce(
    (sum, ms) => sum + Math.max(0, ms - threshold.ms),
    0,
  );
  const attained = 1 - lateMs / totalMs;
  const minutes = Math.floor(totalMs / MINUTE_MS);
  const target = targetBelow(attained, minutes);
  if (target === undefined) return [];
  const { value, unit } = threshold;
  const name = formatTableName(ref);
  const basedOnDays = Math.min(
    BASED_ON_DAYS,
    Math.max(1, Math.round(totalMs / DAY_MS)),
  );
  return [
    {
      slo: {
        name: 'table-freshness',
        displayName: `Data no older than ${value} ${unit}`,
        description: `Share of minutes in which the newest commit to ${name} is no older than ${value} ${unit}.`,
        source: {
          indicator: 'table-freshness',
          connection: ref.connection,
          where: { table: name },
          unit,
        },
        threshold: { op: 'lte', value },
        target,
      },
      threshold: { value, unit },
      attained,
      basedOnDays,
      reason: `In ${attainmentText(
        attained,
        target,
      )} of the time between ${new Date(nowMs - totalMs)
        .toISOString()
        .slice(
          0,
          10,
        )} and now the newest commit was no older than ${value} ${unit}: there were ${
        gaps.length + 1
      } commits.`,
    },
  ];
}

/** Of writes that the query log tells; else evenly between the oldest and newest snapshot that is kept. */
async function commitIntervals(options: {
  store: Pick<ObservationStore, 'queryPage' | 'table'>;
  ref: TableRef;
  nowMs: number;
}): Promise<number[]> {
  const { store, ref, nowMs } = options;
  const name = formatTableName(ref);
  const page = await store.queryPage(ref.connection, {
    table: name,
    states: ['FINISHED'],
    from: new Date(nowMs - BASED_ON_DAYS * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
    sort: 'createdAt',
    limit: COMMITS_MAX,
  });
  const times = page.items
    .filter(query => query.tablesWritten.includes(name))
    .flatMap(({ endedAt }) => (endedAt ? [Date.parse(endedAt)] : []))
    .toSorted((a, b) => a - b);
  if (times.length >= COMMITS_MIN) {
    return times.slice(1).map((time, index) => time - times[index]);
  }
  const health = await store.table(ref);
  if (!health?.snapshots || health.snapshots.count < COMMITS_MIN) return [];
  const { count, oldestAt, newestAt } = health.snapshots;
  const meanMs = (Date.parse(newestAt) - Date.parse(oldestAt)) / (count - 1);
  return meanMs > 0 ? new Array<number>(count - 1).fill(meanMs) : [];
}
