import type {
  KubernetesPod,
  KubernetesRollout,
  KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { describePods } from './describePods';
import { dueOf } from './judgeRestart';

/** Tells which pods would be replaced, and how. */
export function previewRestart(options: {
  workload: KubernetesWorkload;
  pods: readonly KubernetesPod[];
  rollout: KubernetesRollout;
  hints: readonly string[];
}): PreviewContent {
  const { workload, pods, rollout, hints } = options;
  const due = dueOf(workload);
  const plural = due === 1 ? 'pod' : 'pods';
  return {
    summary: `Replaces ${due} ${plural} of ${workload.kind} ${
      workload.name
    } in namespace ${
      workload.namespace
    } by new ones of the same images, ${howOf(workload)}.`,
    changes: [
      { label: 'Pods that are replaced', before: 0, after: due, unit: 'count' },
      {
        label: 'Generation',
        before: workload.generation,
        after: workload.generation + 1,
        unit: 'count',
      },
      {
        label: 'Restarted last',
        before: workload.restartedAt ?? 'never',
        after: 'when the run starts',
        unit: 'text',
      },
    ],
    samples: describePods(pods),
    untouched: [
      'Images, settings and the number of replicas.',
      'Volumes: what pods keep on them is there again.',
    ],
    warnings: [
      ...hints,
      ...availabilityOf(workload),
      ...(rollout.state === 'complete'
        ? []
        : [
            `A rollout is ${rollout.state} already. ${
              rollout.message ?? ''
            }`.trim(),
          ]),
    ],
  };
}

function howOf({ kind, strategy }: KubernetesWorkload): string {
  if (strategy === 'Recreate') return 'all at once';
  if (kind === 'StatefulSet') return 'one after the other, the highest first';
  return kind === 'DaemonSet' ? 'node by node' : 'a few at a time';
}

function availabilityOf(workload: KubernetesWorkload): string[] {
  const { kind, name, strategy, replicas, partition } = workload;
  const warnings: string[] = [];
  if (strategy === 'Recreate') {
    warnings.push(
      `${name} is away from when its old pods end until new ones are ready (strategy Recreate).`,
    );
  } else if (kind === 'StatefulSet' && replicas.wanted === 1) {
    warnings.push(
      `${name} has one pod: it is away until the new one is ready.`,
    );
  }
  if (replicas.ready < replicas.wanted) {
    warnings.push(
      `Only ${replicas.ready} of ${replicas.wanted} pods are ready now.`,
    );
  }
  if (partition) {
    warnings.push(
      `Its update strategy has partition ${partition}: pods below number ${partition} are not replaced.`,
    );
  }
  return warnings;
}
