import {
  QUERY_STATES,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import type { TrinoListedQuery } from '../TrinoConnection';
import { parseTrinoDataSize } from './parseTrinoDataSize';
import { parseTrinoDuration } from './parseTrinoDuration';

/** What can't be read is absent: one odd field must not hide the query. */
const text = z.string().optional().catch(undefined);
const figure = z.number().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const durationMs = text.transform(value =>
  value === undefined ? undefined : parseTrinoDuration(value),
);
const sizeBytes = text.transform(value =>
  value === undefined ? undefined : parseTrinoDataSize(value),
);

const querySchema = z.object({
  queryId: z.string().min(1),
  state: z.string().transform(toQueryState),
  session: z.object({
    user: z.string(),
    source: text,
    clientTags: texts,
    traceToken: text,
    // Empty unless Trino's tracing is on. Source: Trino 476.
    querySpan: z.object({ traceparent: text }).optional().catch(undefined),
  }),
  resourceGroupId: texts,
  query: z.string().catch(''),
  queryType: text,
  errorType: text,
  errorCode: z
    .object({ code: figure, name: text, type: text })
    .optional()
    .catch(undefined),
  queryStats: z.object({
    createTime: z.string(),
    endTime: text,
    queuedTime: durationMs,
    elapsedTime: durationMs,
    executionTime: durationMs,
    totalCpuTime: durationMs,
    peakUserMemoryReservation: sizeBytes,
    physicalInputDataSize: sizeBytes,
    progressPercentage: figure,
  }),
});

/**
 * One query as `GET /v1/query` and `GET /v1/query/{id}` tell it: the same fields in
 * both, among many more that we leave.
 */
export const listedQuerySchema: z.ZodType<TrinoListedQuery> =
  querySchema.transform(({ session, queryStats, errorCode, ...query }) => ({
    queryId: query.queryId,
    state: query.state,
    user: session.user,
    source: session.source,
    clientTags: session.clientTags,
    traceToken: session.traceToken ?? session.querySpan?.traceparent,
    resourceGroup: query.resourceGroupId,
    queryType: query.queryType,
    query: query.query,
    createdAt: queryStats.createTime,
    endedAt: queryStats.endTime,
    queuedMs: queryStats.queuedTime,
    elapsedMs: queryStats.elapsedTime,
    executionMs: queryStats.executionTime,
    cpuMs: queryStats.totalCpuTime,
    peakMemoryBytes: queryStats.peakUserMemoryReservation,
    physicalInputBytes: queryStats.physicalInputDataSize,
    progress:
      queryStats.progressPercentage === undefined
        ? undefined
        : queryStats.progressPercentage / 100,
    errorName: errorCode?.name,
    errorCode: errorCode?.code,
    errorType: query.errorType ?? errorCode?.type,
  }));

function toQueryState(state: string): QueryState {
  return QUERY_STATES.find(one => one === state) ?? 'UNKNOWN';
}
