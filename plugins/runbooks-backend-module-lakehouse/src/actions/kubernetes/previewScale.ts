import type {
  KubernetesPod,
  KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { describePods } from './describePods';

/** Tells how many pods come or go, and which where that is known. */
export function previewScale(options: {
  workload: KubernetesWorkload;
  pods: readonly KubernetesPod[];
  replicas: number;
  warnings: readonly string[];
}): PreviewContent {
  const { workload, pods, replicas, warnings } = options;
  const { wanted } = workload.replicas;
  const going = goingPods(options);
  const count = Math.abs(replicas - wanted);
  const change = `${count} ${count === 1 ? 'pod' : 'pods'}`;
  return {
    summary:
      replicas > wanted
        ? `Adds ${change} to ${workload.kind} ${workload.name} in namespace ${workload.namespace}: ${wanted} → ${replicas}.`
        : `Removes ${change} of ${workload.kind} ${workload.name} in namespace ${workload.namespace}: ${wanted} → ${replicas}.`,
    changes: [
      { label: 'Replicas', before: wanted, after: replicas, unit: 'count' },
    ],
    samples: describePods(going ?? pods),
    untouched: [
      going
        ? 'All other pods of the workload.'
        : 'Pods that stay are not restarted.',
      'Images, settings and volumes.',
    ],
    warnings: [
      ...(replicas === 0
        ? [`No pod is left: what ${workload.name} runs is away.`]
        : []),
      ...(replicas < wanted && workload.kind === 'Deployment' && replicas > 0
        ? ['Kubernetes chooses which pods go, those that are not ready first.']
        : []),
      ...warnings,
    ],
  };
}

/** A StatefulSet removes its highest ordinals. */
function goingPods({
  workload,
  pods,
  replicas,
}: {
  workload: KubernetesWorkload;
  pods: readonly KubernetesPod[];
  replicas: number;
}): KubernetesPod[] | undefined {
  if (replicas >= workload.replicas.wanted) return undefined;
  if (replicas === 0) return [...pods];
  if (workload.kind !== 'StatefulSet') return undefined;
  return pods.filter(({ name }) => {
    const ordinal = Number(name.slice(name.lastIndexOf('-') + 1));
    return ordinal >= replicas;
  });
}
