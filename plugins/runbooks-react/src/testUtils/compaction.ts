import type {
  Preview,
  Run,
  RunbookSummary,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { aPreview, aRun, aRunbook } from './builders';

/**
 * The table that {@link aCompaction} compacts.
 *
 * @public
 */
export const tableTarget: RunTarget = {
  system: 'trino',
  connection: 'analytics',
  kind: 'table',
  name: 'lake.gold.daily_sales',
};

/**
 * A runbook that compacts a table.
 *
 * @public
 */
export function aCompaction(
  part: Partial<RunbookSummary> = {},
): RunbookSummary {
  return aRunbook({
    id: 'trino:optimize-table',
    title: 'Compact table',
    description: 'Rewrites small files into large ones.',
    verb: 'Compact',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    parametersSchema: {
      type: 'object',
      properties: {
        table: { type: 'string' },
        fileSizeThreshold: {
          type: 'string',
          default: '100MB',
          pattern: '^[0-9]+(kB|MB|GB)$',
        },
      },
      required: ['table'],
    },
    ...part,
  });
}

/**
 * A preview of {@link aCompaction} that may be run.
 *
 * @public
 */
export function aCompactionPreview(part: Partial<Preview> = {}): Preview {
  return aPreview({
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
    ...part,
  });
}

/**
 * A run of {@link aCompaction} that succeeded and was verified.
 *
 * @public
 */
export function aCompactionRun(part: Partial<Run> = {}): Run {
  return aRun({
    runbookId: 'trino:optimize-table',
    title: 'Compact table',
    state: 'succeeded',
    risk: 'low',
    target: tableTarget,
    parameters: { table: tableTarget.name },
    preview: aCompactionPreview(),
    startedBy: 'user:default/olivia',
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
  });
}
