import {
  type KubernetesPod,
  type KubernetesWorkload,
  rolloutOf,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Progress } from './waitForWorkload';

/** How far a restart is: all pods must carry its mark and be ready. */
export function judgeRestart(options: {
  workload: KubernetesWorkload;
  /** Those that are not being removed. */
  pods: readonly KubernetesPod[];
  restartedAt: string;
}): Progress {
  const { workload, pods, restartedAt } = options;
  if (workload.restartedAt !== restartedAt) {
    return {
      state: 'overtaken',
      message: `Somebody else changed ${workload.name} while it was restarted: its pods are made from another template now.`,
    };
  }
  const due = dueOf(workload);
  const fresh = pods.filter(pod => pod.restartedAt === restartedAt);
  const ready = fresh.filter(pod => pod.ready);
  const old = pods.length - fresh.length;
  const kept = workload.replicas.wanted - due;
  const seen = (workload.observedGeneration ?? 0) >= workload.generation;
  if (seen && ready.length >= due && old <= kept) return { state: 'done' };
  const message = `${ready.length} of ${due} new pods are ready, ${old} old ${
    old === 1 ? 'one is' : 'ones are'
  } left.`;
  const rollout = rolloutOf({ workload, pods, nowMs: Date.now() });
  if (rollout.state === 'stuck') {
    return {
      state: 'stuck',
      message: `The rollout of ${workload.name} is stuck: ${
        rollout.message ?? ''
      } ${message} Old pods that are left go on running; kubectl rollout undo goes back.`,
    };
  }
  return { state: 'going-on', share: due ? ready.length / due : 1, message };
}

/** Pods below a StatefulSet's partition keep their old template. */
export function dueOf({ replicas, partition = 0 }: KubernetesWorkload): number {
  return Math.max(0, replicas.wanted - partition);
}
