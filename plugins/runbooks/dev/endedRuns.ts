import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  aCompactionPreview,
  aCompactionRun,
  tableTarget,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { contents, queryTarget } from './world';

const MINUTE_MS = 60_000;

/** Runs of each state, so that each can be looked at. */
export function endedRuns(): Run[] {
  const ago = (minutes: number) =>
    new Date(Date.now() - minutes * MINUTE_MS).toISOString();
  const preview = aCompactionPreview({
    parameters: { table: tableTarget.name, fileSizeThreshold: '100MB' },
    content: contents['trino:optimize-table'],
    hash: '5f2b9d0c41e7a86358d1f04be9c27a365f2b9d0c41e7a86358d1f04be9c27a36',
    createdAt: ago(31),
    expiresAt: ago(26),
  });
  const base = aCompactionRun({
    entityRef: 'resource:default/gold-daily-sales',
    parameters: preview.parameters,
    preview,
    createdAt: ago(30),
    startedAt: ago(30),
    endedAt: ago(29),
    steps: [
      {
        id: 'execute',
        title: 'Rewrite the small files',
        state: 'succeeded',
        startedAt: ago(30),
        endedAt: ago(29.1),
      },
      {
        id: 'verify',
        title: 'Count the files again',
        state: 'succeeded',
        startedAt: ago(29.1),
        endedAt: ago(29),
      },
    ],
    verification: undefined,
  });
  const kill = {
    runbookId: 'trino:kill-query',
    title: 'Kill query',
    target: queryTarget,
    risk: 'medium' as const,
    preview: { ...preview, content: contents['trino:kill-query'] },
  };
  return [
    {
      ...base,
      id: 'good',
      verification: {
        outcome: 'verified',
        summary: '300 → 9 files',
        metrics: [
          { label: 'Data files', unit: 'files', before: 300, after: 9 },
          {
            label: 'Mean file size',
            unit: 'bytes',
            before: 4_295_000,
            after: 143_200_000,
            better: 'higher',
          },
        ],
      },
    },
    {
      ...base,
      ...kill,
      id: 'failed',
      state: 'failed',
      createdAt: ago(95),
      steps: [
        { ...base.steps[0], title: 'Kill the query', state: 'failed' },
        { ...base.steps[1], state: 'skipped', startedAt: undefined },
      ],
      error: {
        step: 'execute',
        message:
          'Trino answered 403: user lakehouse-ops may not kill queries of nightly-export.',
        alreadyDone: 'nothing was changed.',
        nextStep:
          'add the right "kill" for lakehouse-ops to the query rules of cluster analytics.',
      },
    },
    {
      ...base,
      id: 'cancelled',
      state: 'cancelled',
      createdAt: ago(60 * 26),
      cancelRequestedBy: 'user:default/olivia',
      steps: [{ ...base.steps[0], state: 'cancelled' }, base.steps[1]],
    },
    {
      ...base,
      ...kill,
      id: 'unknown',
      state: 'outcome-unknown',
      createdAt: ago(60 * 50),
      endedAt: undefined,
      steps: [{ ...base.steps[0], state: 'outcome-unknown' }, base.steps[1]],
    },
    ...Array.from({ length: 28 }, (_, n) => ({
      ...base,
      id: `old-${n}`,
      createdAt: ago(60 * 24 * (n + 3)),
    })),
  ];
}
