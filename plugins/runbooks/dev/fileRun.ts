import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { aCompactionRun } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { at } from './fileSteps';
import { DEFINITION_HASH, filePreview, prefixTarget } from './fileWorld';

/** What all runs of the runbook file have in common. */
export function fileRun(): Run {
  const preview = filePreview({ createdAt: at(-12), expiresAt: at(-7) });
  return aCompactionRun({
    runbookId: preview.runbookId,
    title: 'Cache stampede',
    risk: 'high',
    target: prefixTarget,
    entityRef: 'resource:default/dashboards-cache',
    parameters: { ...preview.parameters, password: '<secret>' },
    preview,
    definitionHash: DEFINITION_HASH,
    createdAt: at(-11),
    startedAt: at(-10),
    endedAt: undefined,
    verification: undefined,
    origin: { kind: 'alert', detail: 'dashboards-cache hit ratio' },
    approvals: [
      {
        runId: '',
        decision: 'approved',
        by: 'user:default/lena',
        at: at(-10.5),
        comment: 'Seen it on the graph too.',
        previewHash: preview.hash,
      },
      {
        runId: '',
        decision: 'approved',
        by: 'user:default/tom',
        at: at(-10.1),
        previewHash: preview.hash,
      },
    ],
  });
}
