import type {
  QueryErrorType,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

/** Limits the length of a query's text and masks the secrets in it. */
export type PrepareQueryText = (text: string) => {
  text: string;
  truncated: boolean;
};

const errorType = z.enum([
  'USER_ERROR',
  'INTERNAL_ERROR',
  'INSUFFICIENT_RESOURCES',
  'EXTERNAL',
]);

/** What the coordinator's list tells of a query, as a record. */
export function toQueryRecord(options: {
  connection: string;
  listed: TrinoListedQuery;
  at: string;
  prepareQueryText: PrepareQueryText;
}): QueryRecord {
  const { listed, at } = options;
  const { text, truncated } = options.prepareQueryText(listed.query);
  return {
    connection: options.connection,
    queryId: listed.queryId,
    state: listed.state,
    user: listed.user,
    source: listed.source,
    clientTags: listed.clientTags,
    traceToken: listed.traceToken,
    resourceGroup: listed.resourceGroup,
    queryType: listed.queryType,
    createdAt: listed.createdAt,
    endedAt: listed.endedAt,
    queuedMs: listed.queuedMs,
    executionMs: listed.executionMs,
    wallMs: listed.elapsedMs,
    cpuMs: listed.cpuMs,
    peakMemoryBytes: listed.peakMemoryBytes,
    physicalInputBytes: listed.physicalInputBytes,
    progress: listed.progress,
    tablesRead: [],
    tablesWritten: [],
    error: listed.errorName
      ? {
          code: listed.errorCode,
          name: listed.errorName,
          type: toErrorType(listed.errorType),
        }
      : undefined,
    queryText: text,
    queryTextTruncated: truncated,
    observedBy: ['poll'],
    observedAt: at,
  };
}

/** A category that a later Trino may add is left out. */
export function toErrorType(
  text: string | undefined,
): QueryErrorType | undefined {
  const parsed = errorType.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}
