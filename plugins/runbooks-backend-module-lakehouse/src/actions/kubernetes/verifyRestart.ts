import type {
  KubernetesPod,
  KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import { restartsOf } from './describePods';
import { dueOf, judgeRestart } from './judgeRestart';

/** Tells whether all pods are new and ready. */
export function verifyRestart(options: {
  workload: KubernetesWorkload;
  pods: readonly KubernetesPod[];
  restartedAt: string;
  restartsBefore: number;
}): Verification {
  const { workload, pods, restartedAt, restartsBefore } = options;
  const progress = judgeRestart(options);
  const fresh = pods.filter(
    pod => pod.restartedAt === restartedAt && pod.ready,
  );
  const due = dueOf(workload);
  const metrics = [
    {
      label: 'New pods that are ready',
      unit: 'count' as const,
      before: 0,
      after: fresh.length,
      better: 'higher' as const,
    },
    {
      label: 'Restarts of containers',
      unit: 'count' as const,
      before: restartsBefore,
      after: restartsOf(pods),
      better: 'lower' as const,
    },
  ];
  if (progress.state === 'done') {
    return {
      outcome: 'verified',
      summary: `All ${due} pods of ${workload.name} are new and ready.`,
      metrics,
    };
  }
  return {
    outcome: progress.state === 'overtaken' ? 'inconclusive' : 'not-verified',
    summary: progress.message,
    metrics,
  };
}
