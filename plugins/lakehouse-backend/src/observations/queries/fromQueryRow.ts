import {
  isFinalQueryState,
  type QueryErrorType,
  type QueryRecord,
  type QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { DbNumber, fromDb, isoFromDb } from '../storable';
import type { QueryColumn } from './queryFields';
import { FIRST_FINAL_RANK, stateOfRank } from './stateRank';

const number = z.union([z.number(), z.string()]).nullish();
const text = z
  .string()
  .nullish()
  .transform(value => value ?? undefined);
const texts = z
  .string()
  .nullish()
  .transform(value =>
    value ? z.array(z.string()).parse(JSON.parse(value)) : [],
  );

const StoredQuery = z.object({
  connection: z.string(),
  query_id: z.string(),
  state_rank: z.number(),
  alive_at: number,
  vanished_at: number,
  listener_at: number,
  poll_at: number,
  text_truncated: z.number().nullish(),
  created_at: z.union([z.number(), z.string()]),
  progress: z.number().nullish(),
  user_name: text,
  source: text,
  client_tags: texts,
  resource_group: texts,
  query_type: text,
  error_name: text,
  error_type: text,
  error_message: text,
  query_text: text,
  trace_token: text,
  started_at: number,
  ended_at: number,
  queued_ms: number,
  analysis_ms: number,
  planning_ms: number,
  execution_ms: number,
  wall_ms: number,
  cpu_ms: number,
  input_bytes: number,
  input_rows: number,
  output_bytes: number,
  output_rows: number,
  written_bytes: number,
  written_rows: number,
  spilled_bytes: number,
  peak_memory_bytes: number,
  error_code: number,
} satisfies Record<QueryColumn, z.ZodType> & Record<string, z.ZodType>);

/** The state that a row stands for, in the face of polls that did not see it any more. */
export function effectiveState(row: {
  state_rank: number;
  alive_at?: DbNumber | null;
  vanished_at?: DbNumber | null;
}): QueryState {
  const vanishedAt = fromDb(row.vanished_at);
  const vanished =
    row.state_rank < FIRST_FINAL_RANK &&
    vanishedAt !== undefined &&
    vanishedAt > (fromDb(row.alive_at) ?? 0);
  return vanished ? 'UNKNOWN' : stateOfRank(row.state_rank);
}

/** A row of `queries` with its tables, as it is served. */
export function fromQueryRow(
  stored: unknown,
  tables: { read: readonly string[]; written: readonly string[] },
): QueryRecord {
  const row = StoredQuery.parse(stored);
  const state = effectiveState(row);
  const listenerAt = fromDb(row.listener_at);
  const pollAt = fromDb(row.poll_at);
  const record: QueryRecord = {
    connection: row.connection,
    queryId: row.query_id,
    state,
    user: row.user_name,
    source: row.source,
    clientTags: row.client_tags,
    resourceGroup: row.resource_group,
    queryType: row.query_type,
    createdAt: new Date(Number(row.created_at)).toISOString(),
    startedAt: isoFromDb(row.started_at),
    endedAt: isoFromDb(row.ended_at),
    queuedMs: fromDb(row.queued_ms),
    analysisMs: fromDb(row.analysis_ms),
    planningMs: fromDb(row.planning_ms),
    executionMs: fromDb(row.execution_ms),
    wallMs: fromDb(row.wall_ms),
    cpuMs: fromDb(row.cpu_ms),
    physicalInputBytes: fromDb(row.input_bytes),
    physicalInputRows: fromDb(row.input_rows),
    outputBytes: fromDb(row.output_bytes),
    outputRows: fromDb(row.output_rows),
    writtenBytes: fromDb(row.written_bytes),
    writtenRows: fromDb(row.written_rows),
    spilledBytes: fromDb(row.spilled_bytes),
    peakMemoryBytes: fromDb(row.peak_memory_bytes),
    progress: isFinalQueryState(state) ? undefined : row.progress ?? undefined,
    tablesRead: tables.read,
    tablesWritten: tables.written,
    error: row.error_name
      ? {
          code: fromDb(row.error_code),
          name: row.error_name,
          type: errorType(row.error_type),
          message: row.error_message,
        }
      : undefined,
    queryText: row.query_text,
    queryTextTruncated: row.text_truncated ? true : undefined,
    traceToken: row.trace_token,
    observedBy: [
      ...(listenerAt === undefined ? [] : (['listener'] as const)),
      ...(pollAt === undefined ? [] : (['poll'] as const)),
    ],
    observedAt: new Date(Math.max(listenerAt ?? 0, pollAt ?? 0)).toISOString(),
  };
  return record;
}

const ERROR_TYPES: readonly QueryErrorType[] = [
  'USER_ERROR',
  'INTERNAL_ERROR',
  'INSUFFICIENT_RESOURCES',
  'EXTERNAL',
];

function errorType(name: string | undefined): QueryErrorType | undefined {
  return ERROR_TYPES.find(type => type === name);
}
