import {
  isFinalQueryState,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** A stage of a query's time. */
export interface QueryStage {
  readonly id: 'queued' | 'planning' | 'running';
  readonly ms: number;
}

/** How long a query took, or has taken so far; undefined when nothing tells. */
export function queryDurationMs(
  query: QueryRecord,
  now: number,
): number | undefined {
  if (query.wallMs !== undefined) return query.wallMs;
  if (query.endedAt) {
    return Date.parse(query.endedAt) - Date.parse(query.createdAt);
  }
  return isFinalQueryState(query.state)
    ? undefined
    : Math.max(0, now - Date.parse(query.createdAt));
}

/**
 * What a query's time went into. What is left after queueing, analysis and
 * planning counts as running, so the stages always add up to the duration.
 */
export function queryStages(query: QueryRecord, now: number): QueryStage[] {
  const total = queryDurationMs(query, now);
  if (total === undefined || total <= 0) return [];
  const waiting =
    query.state === 'QUEUED' || query.state === 'WAITING_FOR_RESOURCES';
  if (waiting) return [{ id: 'queued', ms: total }];
  const queued = Math.min(total, query.queuedMs ?? 0);
  const planning = Math.min(
    total - queued,
    (query.analysisMs ?? 0) + (query.planningMs ?? 0),
  );
  const stages: QueryStage[] = [
    { id: 'queued', ms: queued },
    { id: 'planning', ms: planning },
    { id: 'running', ms: total - queued - planning },
  ];
  return stages.filter(stage => stage.ms > 0);
}
