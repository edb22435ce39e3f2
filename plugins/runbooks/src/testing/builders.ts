import { ResponseError } from '@backstage/errors';
import type {
  AuditEntry,
  Preview,
  Run,
  RunbookSummary,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';

export const tableTarget: RunTarget = {
  system: 'trino',
  connection: 'analytics',
  kind: 'table',
  name: 'lake.gold.daily_sales',
};

export function aRunbook(part: Partial<RunbookSummary> = {}): RunbookSummary {
  return {
    id: 'trino:optimize-table',
    title: 'Compact table',
    description: 'Rewrites small files into large ones.',
    verb: 'Compact',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    parametersSchema: {
      type: 'object',
      properties: { table: {}, fileSizeThreshold: {} },
      required: ['table'],
    },
    ...part,
  };
}

export function aPreview(part: Partial<Preview> = {}): Preview {
  return {
    id: 'preview-1',
    runbookId: 'trino:optimize-table',
    target: tableTarget,
    parameters: { table: tableTarget.name },
    risk: 'low',
    content: {
      summary: 'About 9 files instead of 300.',
      changes: [
        {
          label: 'Data files',
          before: 300,
          after: 9,
          unit: 'files',
          estimated: true,
        },
      ],
      untouched: ['Old snapshots'],
      warnings: [],
    },
    hash: 'preview-hash',
    createdAt: '2026-11-21T10:00:00Z',
    expiresAt: '2026-11-21T10:05:00Z',
    execute: { allowed: true },
    ...part,
  };
}

export function aRun(part: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    runbookId: 'trino:optimize-table',
    title: 'Compact table',
    state: 'succeeded',
    risk: 'low',
    target: tableTarget,
    parameters: { table: tableTarget.name },
    preview: aPreview(),
    startedBy: 'user:default/olivia',
    createdAt: '2026-11-21T10:01:00Z',
    startedAt: '2026-11-21T10:01:00Z',
    endedAt: '2026-11-21T10:01:12Z',
    steps: [
      {
        id: 'execute',
        title: 'Rewrite the files',
        state: 'succeeded',
        startedAt: '2026-11-21T10:01:00Z',
        endedAt: '2026-11-21T10:01:10Z',
      },
    ],
    verification: {
      outcome: 'verified',
      summary: '300 → 9 files',
      metrics: [{ label: 'Data files', unit: 'files', before: 300, after: 9 }],
    },
    ...part,
  };
}

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

/** What the client throws for an answer that is not a success. */
export async function aResponseError(
  status: number,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}
