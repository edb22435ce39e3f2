import type {
  Workload,
  WorkloadEvent,
  WorkloadPod,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  type KubernetesConnection,
  type KubernetesContainer,
  type KubernetesPod,
  type KubernetesWorkload,
  rolloutOf,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** Pods of one workload that are told one by one; all of them are counted. */
const MAX_PODS = 100;
const OOM_KILLED = 'OOMKilled';

/** A workload with its pods, in the model's words. */
export function toWorkload(options: {
  connection: string;
  workload: KubernetesWorkload;
  selection: KubernetesConnection['workloads'][number];
  pods: readonly KubernetesPod[];
  events: readonly WorkloadEvent[];
  nowMs: number;
}): Workload {
  const { connection, workload, selection, pods, events, nowMs } = options;
  const { current: _, ...replicas } = workload.replicas;
  const rollout = rolloutOf({ workload, pods, nowMs });
  return {
    connection,
    namespace: workload.namespace,
    kind: workload.kind,
    name: workload.name,
    labels: workload.labels,
    of: selection.of,
    observedAt: new Date(nowMs).toISOString(),
    replicas,
    rollout: rollout.state,
    rolloutMessage: rollout.message,
    restarts: sum(pods.map(restartsOf)),
    oomKills: sum(
      pods.map(
        pod =>
          pod.containers.filter(
            ({ lastTermination }) => lastTermination?.reason === OOM_KILLED,
          ).length,
      ),
    ),
    pending: pods.filter(
      ({ phase, deletedAt }) => phase === 'Pending' && !deletedAt,
    ).length,
    images: [...new Set(workload.images)],
    scalable: workload.kind === 'DaemonSet' ? undefined : selection.scale,
    pods: pods.map(toPod).sort(worstFirst).slice(0, MAX_PODS),
    events,
  };
}

function toPod(pod: KubernetesPod): WorkloadPod {
  const ended = pod.containers
    .filter(({ lastTermination }) => lastTermination)
    .sort((a, b) => endedAt(b).localeCompare(endedAt(a)))
    .at(0);
  return {
    name: pod.name,
    phase: pod.deletedAt ? 'Terminating' : pod.phase,
    ready: pod.ready,
    node: pod.node,
    startedAt: pod.startedAt,
    restarts: restartsOf(pod),
    lastTermination: ended?.lastTermination && {
      container: ended.name,
      ...ended.lastTermination,
    },
    waiting: waitingOf(pod),
  };
}

function waitingOf(pod: KubernetesPod): string | undefined {
  if (pod.unschedulable) return `Unschedulable: ${pod.unschedulable}`;
  return pod.containers.find(({ waiting }) => waiting)?.waiting?.reason;
}

function restartsOf({ containers }: KubernetesPod): number {
  return sum(containers.map(({ restarts }) => restarts));
}

function endedAt({ lastTermination }: KubernetesContainer): string {
  return lastTermination?.at ?? '';
}

function worstFirst(a: WorkloadPod, b: WorkloadPod): number {
  return (
    Number(a.ready) - Number(b.ready) ||
    b.restarts - a.restarts ||
    a.name.localeCompare(b.name)
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
