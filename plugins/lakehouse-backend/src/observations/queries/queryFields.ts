import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import { epochMs, storableInteger, storableText } from '../storable';

type FieldType = 'text' | 'integer' | 'real';

function field<const C extends string>(
  column: C,
  type: FieldType,
  of: (query: QueryRecord) => string | number | undefined,
) {
  return { column, type, of };
}

function list(values: readonly string[]): string | undefined {
  return values.length ? JSON.stringify(values.map(storableText)) : undefined;
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : storableText(value);
}

/**
 * The fields of a query that are merged one by one. A field's place is its bit
 * in `listener_mask`: add at the end only, and never more than 31.
 */
export const QUERY_FIELDS = [
  field('created_at', 'integer', q => epochMs(q.createdAt)),
  field('user_name', 'text', q => text(q.user)),
  field('source', 'text', q => text(q.source)),
  field('client_tags', 'text', q => list(q.clientTags)),
  field('resource_group', 'text', q => list(q.resourceGroup)),
  field('query_type', 'text', q => text(q.queryType)),
  field('started_at', 'integer', q => epochMs(q.startedAt)),
  field('ended_at', 'integer', q => epochMs(q.endedAt)),
  field('queued_ms', 'integer', q => storableInteger(q.queuedMs)),
  field('analysis_ms', 'integer', q => storableInteger(q.analysisMs)),
  field('planning_ms', 'integer', q => storableInteger(q.planningMs)),
  field('execution_ms', 'integer', q => storableInteger(q.executionMs)),
  field('wall_ms', 'integer', q => storableInteger(q.wallMs)),
  field('cpu_ms', 'integer', q => storableInteger(q.cpuMs)),
  field('input_bytes', 'integer', q => storableInteger(q.physicalInputBytes)),
  field('input_rows', 'integer', q => storableInteger(q.physicalInputRows)),
  field('output_bytes', 'integer', q => storableInteger(q.outputBytes)),
  field('output_rows', 'integer', q => storableInteger(q.outputRows)),
  field('written_bytes', 'integer', q => storableInteger(q.writtenBytes)),
  field('written_rows', 'integer', q => storableInteger(q.writtenRows)),
  field('spilled_bytes', 'integer', q => storableInteger(q.spilledBytes)),
  field('peak_memory_bytes', 'integer', q =>
    storableInteger(q.peakMemoryBytes),
  ),
  field('error_code', 'integer', q => storableInteger(q.error?.code)),
  field('error_name', 'text', q => text(q.error?.name)),
  field('error_type', 'text', q => text(q.error?.type)),
  field('error_message', 'text', q => text(q.error?.message)),
  field('query_text', 'text', q => text(q.queryText)),
  field('trace_token', 'text', q => text(q.traceToken)),
  field('progress', 'real', q =>
    q.progress !== undefined && Number.isFinite(q.progress)
      ? q.progress
      : undefined,
  ),
];

export type QueryColumn = (typeof QUERY_FIELDS)[number]['column'];

export const QUERY_TEXT_BIT =
  1 << QUERY_FIELDS.findIndex(({ column }) => column === 'query_text');
