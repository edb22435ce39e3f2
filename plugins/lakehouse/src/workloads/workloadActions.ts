import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';

/** What the runbooks of a workload act on, and their parameters. */
export function workloadRun(workload: Workload) {
  const { connection, namespace, kind, name } = workload;
  return {
    target: {
      system: 'kubernetes',
      connection,
      kind: 'workload',
      name: `${namespace}/${kind}/${name}`,
    },
    parameters: { connection, namespace, kind, name },
  };
}
