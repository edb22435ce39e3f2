import {
  type KubernetesPod,
  type KubernetesWorkload,
  rolloutOf,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Progress } from './waitForWorkload';

/** How far a scaling is: as many pods as wanted, all ready, and no other. */
export function judgeScale(options: {
  workload: KubernetesWorkload;
  /** Those that are not being removed. */
  pods: readonly KubernetesPod[];
  replicas: number;
}): Progress {
  const { workload, pods, replicas } = options;
  if (workload.replicas.wanted !== replicas) {
    return {
      state: 'overtaken',
      message: `${workload.name} is to have ${workload.replicas.wanted} replicas by now, and not ${replicas}: somebody else set it.`,
    };
  }
  const ready = pods.filter(pod => pod.ready).length;
  const seen = (workload.observedGeneration ?? 0) >= workload.generation;
  if (seen && ready === replicas && pods.length === replicas) {
    return { state: 'done' };
  }
  const message = `${ready} of ${replicas} pods are ready, ${pods.length} are there.`;
  const rollout = rolloutOf({ workload, pods, nowMs: Date.now() });
  if (rollout.state === 'stuck') {
    return {
      state: 'stuck',
      message: `${workload.name} does not come to ${replicas} ready pods: ${
        rollout.message ?? ''
      } ${message}`,
    };
  }
  return {
    state: 'going-on',
    share: replicas ? Math.min(1, ready / replicas) : 1,
    message,
  };
}
