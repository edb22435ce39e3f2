import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';

/** What a run says once it has ended well. */
export function endedWell(steps: readonly RunStep[]): Partial<Run> {
  const at = new Date().toISOString();
  return {
    state: 'succeeded',
    endedAt: at,
    steps: steps.map(step => ({
      ...step,
      state: 'succeeded',
      startedAt: step.startedAt ?? at,
      endedAt: at,
    })),
    verification: {
      outcome: 'verified',
      summary: '300 → 9 files',
      metrics: [
        { label: 'Data files', unit: 'files', before: 300, after: 9 },
        { label: 'p95', unit: 'ms', before: 820, after: 310 },
      ],
    },
  };
}
