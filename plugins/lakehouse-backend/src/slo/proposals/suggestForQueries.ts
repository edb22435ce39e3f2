import {
  attainmentText,
  type QueryFilter,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../observations/ObservationStore';
import { pleasantAbove, targetBelow } from './steps';
import { BASED_ON_DAYS, DAY_MS, lastDays, type Suggestion } from './Suggestion';

/** Fewer queries say too little about a promise. */
const QUERIES_MIN = 50;

/** Promises about queries: that they are fast, and that they succeed. */
export async function suggestForQueries(options: {
  store: Pick<ObservationStore, 'queryStats' | 'queryPage'>;
  connection: string;
  /** Whose queries; all of the cluster unless told. */
  where: Pick<
    QueryFilter,
    'user' | 'source' | 'clientTag' | 'resourceGroup' | 'table'
  >;
  nowMs: number;
}): Promise<Suggestion[]> {
  const { store, connection, where, nowMs } = options;
  const range = {
    from: new Date(nowMs - BASED_ON_DAYS * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
  };
  const stats = await store.queryStats(connection, {
    ...where,
    ...range,
    buckets: BASED_ON_DAYS,
  });
  const { ended, failed, p95Ms } = stats.overall;
  if (ended < QUERIES_MIN) return [];
  const first = stats.buckets.find(one => one.finished + one.failed > 0);
  const basedOnDays = first
    ? Math.max(1, Math.round((nowMs - Date.parse(first.start)) / DAY_MS))
    : BASED_ON_DAYS;
  const source = { connection, where: { ...where } };
  const suggestions: Suggestion[] = [];
  const finished = ended - failed;

  const threshold = p95Ms === undefined ? undefined : pleasantAbove(p95Ms);
  if (threshold && finished > 0) {
    const within = await store.queryPage(connection, {
      ...where,
      ...range,
      states: ['FINISHED'],
      maxWallMs: threshold.ms,
      limit: 1,
    });
    const all = await store.queryPage(connection, {
      ...where,
      ...range,
      states: ['FINISHED'],
      limit: 1,
    });
    const attained = all.total ? within.total / all.total : 0;
    const target = targetBelow(attained, all.total);
    const { value, unit } = threshold;
    if (target !== undefined) {
      suggestions.push({
        slo: {
          name: 'query-latency',
          displayName: `Queries within ${value} ${unit}`,
          description: `Share of queries that end well within ${value} ${unit}.`,
          source: { indicator: 'query-latency', ...source, unit },
          threshold: { op: 'lte', value },
          target,
        },
        threshold: { value, unit },
        attained,
        basedOnDays,
        reason: `${attainmentText(
          attained,
          target,
        )} of ${all.total.toLocaleString('en')} queries of the last ${lastDays(
          basedOnDays,
        )} ended within ${value} ${unit}.`,
      });
    }
  }

  const users = await store.queryPage(connection, {
    ...where,
    ...range,
    states: ['FAILED'],
    error: 'USER_ERROR',
    limit: 1,
  });
  const bad = Math.max(0, failed - users.total);
  const counted = finished + bad;
  const attained = counted ? finished / counted : 0;
  const target = targetBelow(attained, counted);
  if (target !== undefined) {
    suggestions.push({
      slo: {
        name: 'query-success',
        displayName: 'Queries succeed',
        description:
          "Share of queries that end well. Users' own mistakes do not count.",
        source: { indicator: 'query-success', ...source },
        target,
      },
      attained,
      basedOnDays,
      reason: `${attainmentText(attained, target)} of ${counted.toLocaleString(
        'en',
      )} queries of the last ${lastDays(
        basedOnDays,
      )} ended well; ${users.total.toLocaleString(
        'en',
      )} that failed by their users' own mistakes are left out.`,
    });
  }
  return suggestions;
}
