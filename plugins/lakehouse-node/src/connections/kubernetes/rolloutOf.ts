import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import type { KubernetesPod, KubernetesWorkload } from './KubernetesObjects';

/** How long a new pod may take to be ready, where the workload's kind has no deadline of its own; that of Deployments unless told. */
const PROGRESS_DEADLINE_MS = 600_000;

/** Reasons for which a container does not start by waiting longer. */
const HOPELESS = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'ErrImageNeverPull',
  'ImagePullBackOff',
  'InvalidImageName',
]);

/** @public */
export interface KubernetesRollout {
  readonly state: Workload['rollout'];
  /** One sentence, where there is something to say. */
  readonly message?: string;
}

/**
 * How far the replacement of a workload's pods is, by the fields that
 * `kubectl rollout status` reads. StatefulSets and DaemonSets have no deadline: theirs
 * is stuck when a new pod can't start, or is not ready for ten minutes.
 *
 * @public
 */
export function rolloutOf(options: {
  workload: KubernetesWorkload;
  pods: readonly KubernetesPod[];
  nowMs: number;
}): KubernetesRollout {
  const { workload } = options;
  const { generation, observedGeneration = 0 } = workload;
  if (workload.paused) {
    return {
      state: 'paused',
      message:
        'The rollout is paused: changes of the pod template wait until it is resumed.',
    };
  }
  if (observedGeneration < generation) {
    return {
      state: 'progressing',
      message: 'The controller has not seen the newest change yet.',
    };
  }
  const open = openRollout(workload);
  if (open === undefined) return { state: 'complete' };
  if (workload.strategy === 'OnDelete' && isOutdated(workload)) {
    return {
      state: 'paused',
      message: `${open} Its strategy is OnDelete: a pod is replaced when somebody deletes it.`,
    };
  }
  const stuck = deadlineMessage(workload) ?? hopelessMessage(options);
  return stuck
    ? { state: 'stuck', message: stuck }
    : { state: 'progressing', message: open };
}

/** What is not done yet; nothing when all is. */
function openRollout(workload: KubernetesWorkload): string | undefined {
  const { wanted, current, updated = 0, available = 0 } = workload.replicas;
  const due = Math.max(0, wanted - (workload.partition ?? 0));
  if (updated < due) return `${updated} of ${due} pods are new.`;
  if (workload.kind === 'StatefulSet') {
    if (current < wanted) return `${current} of ${wanted} pods are there.`;
    return current > wanted
      ? `${current - wanted} pods are still to go.`
      : undefined;
  }
  if (workload.kind === 'DaemonSet') return undefined;
  if (current > updated)
    return `${current - updated} old pods are still to go.`;
  // A pod that fails long after a rollout does not open it again.
  const done = progressOf(workload)?.reason === 'NewReplicaSetAvailable';
  return available < updated && !done
    ? `${available} of ${updated} new pods are available.`
    : undefined;
}

function isOutdated({
  replicas,
  currentRevision,
  updateRevision,
}: KubernetesWorkload) {
  return (
    currentRevision !== updateRevision ||
    (replicas.updated ?? 0) < replicas.wanted
  );
}

function progressOf({ conditions }: KubernetesWorkload) {
  return conditions.find(({ type }) => type === 'Progressing');
}

function deadlineMessage(workload: KubernetesWorkload): string | undefined {
  const progress = progressOf(workload);
  return progress?.reason === 'ProgressDeadlineExceeded'
    ? progress.message ?? 'No new pod became ready before its deadline.'
    : undefined;
}

function hopelessMessage({
  workload,
  pods,
  nowMs,
}: Parameters<typeof rolloutOf>[0]): string | undefined {
  if (workload.kind === 'Deployment') return undefined;
  for (const pod of pods) {
    const isNew =
      workload.updateRevision === undefined ||
      pod.revision === workload.updateRevision;
    if (!isNew || pod.ready || pod.deletedAt) continue;
    const waiting = pod.containers.find(
      one => one.waiting && HOPELESS.has(one.waiting.reason),
    )?.waiting;
    if (waiting) return `Pod ${pod.name} does not start: ${waiting.reason}.`;
    const ageMs = pod.createdAt ? nowMs - Date.parse(pod.createdAt) : 0;
    if (ageMs > PROGRESS_DEADLINE_MS) {
      return `Pod ${pod.name} is not ready after ${Math.round(
        ageMs / 60_000,
      )} minutes.`;
    }
  }
  return undefined;
}
