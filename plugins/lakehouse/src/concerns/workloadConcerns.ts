import type { WorkloadsView } from '@lakehouse-ops/plugin-lakehouse-common';
import { workloadHealth, workloadId, workloadRun } from '../workloads';
import type { Concern } from './Concern';

/** Workloads that are not all there, or were killed for lack of memory. */
export function workloadConcerns(view: WorkloadsView): Concern[] {
  const { connection } = view;
  return view.workloads.flatMap(workload => {
    const { status, text } = workloadHealth(workload);
    if (status !== 'breached' && status !== 'at-risk') return [];
    const { namespace, name, of } = workload;
    return [
      {
        id: `${connection} ${workloadId(workload)}`,
        status,
        system: 'kubernetes' as const,
        connection,
        name,
        text,
        subject: { kind: 'workloads' as const, connection, namespace, of },
        action: {
          ...workloadRun(workload),
          runbookId: 'kubernetes:restart-workload',
          label: 'Restart',
        },
        show: {
          tab: 'workloads' as const,
          open: { on: connection, workload: workloadId(workload) },
        },
      },
    ];
  });
}
