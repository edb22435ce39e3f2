import { ResponseError } from '@backstage/errors';
import type {
  AuditEntry,
  Preview,
  Run,
  RunbooksApi,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';

const target = {
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

const preview: Preview = {
  id: 'preview-1',
  runbookId: 'trino:optimize-table',
  target,
  parameters: { table: target.name },
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
};

export function aRun(part: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    runbookId: 'trino:optimize-table',
    title: 'Compact table',
    state: 'succeeded',
    risk: 'low',
    target,
    parameters: { table: target.name },
    preview,
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

/** A Runbooks API with one run that has ended. */
export function mockRunbooksApi(): jest.Mocked<RunbooksApi> {
  return {
    getRunbooks: jest.fn(async () => ({ items: [aRunbook()] })),
    getAllowances: jest.fn(),
    createPreview: jest.fn(),
    startRun: jest.fn(),
    getRuns: jest.fn(async ({ limit = 25, offset = 0 } = {}) => ({
      items: [aRun()],
      total: 60,
      limit,
      offset,
    })),
    getRun: jest.fn(async _id => aRun()),
    getRunEvents: jest.fn(async (_id, _options) => ({
      items: [
        {
          sequence: 1,
          at: '2026-11-21T10:01:05Z',
          type: 'log' as const,
          level: 'info' as const,
          message: 'Rewrote 300 files',
        },
      ],
      run: aRun(),
    })),
    cancelRun: jest.fn(async _id => aRun()),
    getRunAudit: jest.fn(async _id => ({
      items: [
        anAuditEntry(),
        anAuditEntry({
          sequence: 8,
          event: 'run-ended',
          previousHash: 'tampered',
          hash: 'hash-8',
        }),
      ],
    })),
  };
}
