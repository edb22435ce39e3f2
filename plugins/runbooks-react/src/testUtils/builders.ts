import { ResponseError } from '@backstage/errors';
import type {
  AuditEntry,
  Preview,
  Run,
  RunbookSummary,
  RunEvent,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';

/**
 * The query that {@link aRunbook} kills.
 *
 * @public
 */
export const queryTarget: RunTarget = {
  system: 'trino',
  connection: 'analytics',
  kind: 'query',
  name: '20261121_101530_00042_abcde',
};

/**
 * A runbook that kills a query.
 *
 * @public
 */
export function aRunbook(part: Partial<RunbookSummary> = {}): RunbookSummary {
  return {
    id: 'trino:kill-query',
    title: 'Kill query',
    description: 'Ends a running query and tells its user why.',
    verb: 'Kill query',
    risk: 'medium',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    parametersSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        connection: { type: 'string' },
        queryId: { type: 'string' },
        message: { type: 'string', minLength: 1, maxLength: 200 },
      },
      required: ['connection', 'queryId', 'message'],
    },
    ...part,
  };
}

/**
 * A preview of {@link aRunbook} that may be run.
 *
 * @public
 */
export function aPreview(part: Partial<Preview> = {}): Preview {
  return {
    id: 'preview-1',
    runbookId: 'trino:kill-query',
    target: queryTarget,
    parameters: {},
    risk: 'medium',
    content: {
      summary: 'Query 20261121_101530_00042_abcde of alice ends.',
      changes: [
        { label: 'State', before: 'RUNNING', after: 'FAILED', unit: 'text' },
        {
          label: 'Files',
          before: 300,
          after: 9,
          unit: 'files',
          estimated: true,
        },
      ],
      samples: { columns: ['path'], rows: [['a.parquet']], total: 300 },
      untouched: ['Other queries of alice'],
      warnings: ['It has written 3 files that stay behind.'],
    },
    hash: 'hash-1',
    createdAt: '2026-11-21T10:00:00Z',
    expiresAt: '2026-11-21T10:05:00Z',
    execute: { allowed: true },
    ...part,
  };
}

/**
 * A run of {@link aRunbook} that goes on.
 *
 * @public
 */
export function aRun(part: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    runbookId: 'trino:kill-query',
    title: 'Kill query',
    state: 'running',
    risk: 'medium',
    target: queryTarget,
    parameters: {},
    preview: aPreview(),
    startedBy: 'user:default/bob',
    createdAt: '2026-11-21T10:01:00Z',
    steps: [
      { id: 'execute', title: 'Kill the query', state: 'running' },
      { id: 'verify', title: 'Verify', state: 'pending' },
    ],
    ...part,
  };
}

/**
 * A line of a run's log.
 *
 * @public
 */
export function anEvent(sequence: number, message: string): RunEvent {
  return {
    sequence,
    at: '2026-11-21T10:01:02Z',
    type: 'log',
    level: 'info',
    message,
  };
}

/**
 * The audit entry of a run that was started.
 *
 * @public
 */
export function anAuditEntry(part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    sequence: 7,
    at: '2026-11-21T10:01:00Z',
    actor: 'user:default/olivia',
    event: 'run-started',
    runId: 'run-1',
    detail: {},
    previousHash: 'hash-6',
    hash: 'hash-7-and-some-more',
    ...part,
  };
}

/**
 * What the client throws for an answer that is not a success.
 *
 * @public
 */
export async function aResponseError(
  status: number,
  message: string,
): Promise<ResponseError> {
  const body = {
    error: { name: 'Error', message },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    }),
  );
}
