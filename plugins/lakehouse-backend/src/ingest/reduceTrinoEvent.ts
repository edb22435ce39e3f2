import {
  formatTableName,
  QUERY_STATES,
  type QueryErrorType,
  type QueryRecord,
  type QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { maskSecrets } from './maskSecrets';
import { prepareQueryText } from './queryText';
import type { TrinoEvent } from './scanTrinoEvent';

const MAX_MESSAGE_LENGTH = 4_000;

/** Suffixes of the metadata tables of Iceberg, Delta and Hive: looking at them is looking at the table. */
const METADATA_TABLE =
  /\$(?:all_entries|all_manifests|data|entries|files|history|manifests|metadata_log_entries|partitions|position_deletes|properties|refs|snapshots|timeline|transactions)$/;

const ERROR_TYPES: readonly QueryErrorType[] = [
  'USER_ERROR',
  'INTERNAL_ERROR',
  'INSUFFICIENT_RESOURCES',
  'EXTERNAL',
];

/**
 * Turns an event into what is known of its query. Only the event at a query's
 * end has `statistics`. Times are kept as Trino's clock tells them, wherever
 * that differs from ours; only `observedAt` is ours.
 */
export function reduceTrinoEvent(
  event: TrinoEvent,
  options: { connection: string; observedAt: Date; maxTextLength?: number },
): QueryRecord {
  const { metadata, context, statistics, ioMetadata } = event;
  const { connection, observedAt } = options;
  const read = tableNames([
    ...(metadata.tables ?? []),
    ...(ioMetadata.inputs ?? []).map(input => ({
      ...input,
      catalog: input.catalogName,
    })),
  ]);
  const output = ioMetadata.output;
  const written = output
    ? tableNames([{ ...output, catalog: output.catalogName }])
    : [];
  const text =
    metadata.query === undefined
      ? undefined
      : prepareQueryText(metadata.query, options.maxTextLength);
  return {
    connection,
    queryId: metadata.queryId,
    state: stateOf(event),
    user: context.user,
    source: context.source,
    clientTags: context.clientTags ?? [],
    resourceGroup: context.resourceGroupId ?? [],
    queryType: context.queryType,
    createdAt:
      isoTime(event.createTime) ??
      timeOfQueryId(metadata.queryId) ??
      observedAt.toISOString(),
    startedAt: isoTime(event.executionStartTime),
    endedAt: statistics && isoTime(event.endTime),
    queuedMs: statistics?.queuedTime,
    analysisMs: statistics?.analysisTime,
    planningMs: statistics?.planningTime,
    executionMs: statistics?.executionTime,
    wallMs: statistics?.wallTime,
    cpuMs: statistics?.cpuTime,
    physicalInputBytes: statistics?.physicalInputBytes,
    physicalInputRows: statistics?.physicalInputRows,
    outputBytes: statistics?.outputBytes,
    outputRows: statistics?.outputRows,
    writtenBytes: statistics?.writtenBytes,
    writtenRows: statistics?.writtenRows,
    spilledBytes: statistics?.spilledBytes,
    peakMemoryBytes: statistics?.peakUserMemoryBytes,
    tablesRead: read,
    // An ANALYZE names its table among those it reads.
    tablesWritten:
      context.queryType === 'ANALYZE' && !written.length ? read : written,
    error: errorOf(event),
    queryText: text?.text,
    queryTextTruncated: text?.truncated || undefined,
    traceToken: context.traceToken,
    observedBy: ['listener'],
    observedAt: observedAt.toISOString(),
  };
}

function stateOf({
  metadata,
  statistics,
  failureInfo,
}: TrinoEvent): QueryState {
  const told = QUERY_STATES.find(state => state === metadata.queryState);
  if (!statistics) return told ?? 'QUEUED';
  // The event is only sent at the end.
  if (told === 'FINISHED' || told === 'FAILED') return told;
  return failureInfo ? 'FAILED' : 'FINISHED';
}

function errorOf({ failureInfo }: TrinoEvent): QueryRecord['error'] {
  const code = failureInfo?.errorCode;
  if (!failureInfo) return undefined;
  return {
    code: code?.code,
    name: code?.name ?? 'UNKNOWN',
    type: ERROR_TYPES.find(type => type === code?.type),
    message:
      failureInfo.failureMessage &&
      maskSecrets(failureInfo.failureMessage).slice(0, MAX_MESSAGE_LENGTH),
  };
}

function tableNames(
  tables: ReadonlyArray<{ catalog?: string; schema?: string; table?: string }>,
): string[] {
  const found = new Set<string>();
  for (const { catalog, schema, table } of tables) {
    if (!catalog || !schema || !table) continue;
    const base = table.replace(METADATA_TABLE, '');
    found.add(formatTableName({ catalog, schema, table: base || table }));
  }
  return [...found];
}

function isoTime(time: string | undefined): string | undefined {
  const ms = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Trino's ids begin with the time in UTC: `20261121_081642_00409_s72fr`. */
function timeOfQueryId(queryId: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_/.exec(queryId);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return isoTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
