import type { KubernetesWorld } from './KubernetesWorld';
import type { WorldPod, WorldWorkload } from './model';
import { renderMeta, seconds } from './renderMeta';
import { isReady, replicaSetName, revisionHash } from './rolloutStep';

/** A rollout without a new ready pod for so long is told to be stuck. */
export const PROGRESS_DEADLINE_SECONDS = 600;

/** A workload as the API tells it. */
export function renderWorkload(
  world: KubernetesWorld,
  workload: WorldWorkload,
) {
  const counts = countPods(world, workload);
  return {
    apiVersion: 'apps/v1',
    kind: workload.kind,
    metadata: renderMeta({
      ...workload,
      annotations: {
        ...workload.annotations,
        ...(workload.kind === 'Deployment'
          ? {
              'deployment.kubernetes.io/revision': String(workload.revision),
            }
          : undefined),
      },
    }),
    spec: {
      replicas: workload.replicas,
      ...(workload.kind === 'Deployment'
        ? {
            paused: workload.paused || undefined,
            progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
            strategy: {
              type: 'RollingUpdate',
              rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
            },
          }
        : {
            serviceName: workload.name,
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate: { partition: 0 },
            },
          }),
      selector: { matchLabels: workload.podLabels },
      template: {
        metadata: {
          labels: workload.podLabels,
          annotations: workload.template.annotations,
        },
        spec: { containers: [renderContainer(workload, workload.template)] },
      },
    },
    status:
      workload.kind === 'Deployment'
        ? deploymentStatus(world, workload, counts)
        : {
            observedGeneration: workload.observedGeneration,
            replicas: counts.all,
            readyReplicas: counts.ready || undefined,
            availableReplicas: counts.ready,
            currentReplicas: counts.updated || undefined,
            updatedReplicas: counts.updated || undefined,
            currentRevision: `${workload.name}-${revisionHash(
              workload,
              counts.updated === counts.all
                ? workload.revision
                : workload.revision - 1,
            )}`,
            updateRevision: `${workload.name}-${revisionHash(
              workload,
              workload.revision,
            )}`,
            collisionCount: 0,
          },
  };
}

export function renderContainer(
  workload: WorldWorkload,
  template: WorldPod['template'],
) {
  return {
    name: workload.container,
    image: template.image,
    resources: { limits: { memory: template.memoryLimit } },
    imagePullPolicy: 'IfNotPresent',
  };
}

/** The ReplicaSets of a Deployment, its newest first. */
export function renderReplicaSets(
  world: KubernetesWorld,
  workload: WorldWorkload,
) {
  const pods = world.podsOf(workload);
  const revisions = new Set([
    workload.revision,
    ...pods.map(pod => pod.revision),
  ]);
  return [...revisions]
    .sort((a, b) => b - a)
    .map(revision => {
      const own = pods.filter(pod => pod.revision === revision);
      const hash = revisionHash(workload, revision);
      const labels = { ...workload.podLabels, 'pod-template-hash': hash };
      return {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: renderMeta({
          name: replicaSetName(workload, revision),
          namespace: workload.namespace,
          uid: `${workload.uid.slice(0, -4)}${String(9000 + revision)}`,
          resourceVersion: workload.resourceVersion,
          createdMs: workload.createdMs,
          generation: 1,
          labels,
          owner: {
            apiVersion: 'apps/v1',
            kind: workload.kind,
            name: workload.name,
            uid: workload.uid,
          },
        }),
        spec: { replicas: own.length, selector: { matchLabels: labels } },
        status: {
          replicas: own.length,
          readyReplicas: own.filter(pod => isReady(pod, world.nowMs)).length,
        },
      };
    });
}

interface Counts {
  all: number;
  ready: number;
  updated: number;
}

function countPods(world: KubernetesWorld, workload: WorldWorkload): Counts {
  const pods = world.podsOf(workload).filter(pod => pod.goneAtMs === undefined);
  return {
    all: pods.length,
    ready: pods.filter(pod => isReady(pod, world.nowMs)).length,
    updated: pods.filter(pod => pod.revision === workload.revision).length,
  };
}

function deploymentStatus(
  world: KubernetesWorld,
  workload: WorldWorkload,
  counts: Counts,
) {
  const complete =
    counts.updated === workload.replicas &&
    counts.all === workload.replicas &&
    counts.ready === workload.replicas;
  const stuck =
    !complete &&
    world.nowMs - workload.progressedMs >
      (PROGRESS_DEADLINE_SECONDS * 1000) / world.speed;
  const replicaSet = replicaSetName(workload, workload.revision);
  return {
    observedGeneration: workload.observedGeneration,
    replicas: counts.all || undefined,
    updatedReplicas: counts.updated || undefined,
    readyReplicas: counts.ready || undefined,
    availableReplicas: counts.ready || undefined,
    unavailableReplicas:
      Math.max(0, workload.replicas - counts.ready) || undefined,
    conditions: [
      {
        type: 'Available',
        status: counts.ready >= workload.replicas ? 'True' : 'False',
        reason:
          counts.ready >= workload.replicas
            ? 'MinimumReplicasAvailable'
            : 'MinimumReplicasUnavailable',
        message:
          counts.ready >= workload.replicas
            ? 'Deployment has minimum availability.'
            : 'Deployment does not have minimum availability.',
        lastUpdateTime: seconds(workload.progressedMs),
        lastTransitionTime: seconds(workload.progressedMs),
      },
      {
        type: 'Progressing',
        status: stuck ? 'False' : 'True',
        ...progress({ complete, stuck, replicaSet }),
        lastUpdateTime: seconds(workload.progressedMs),
        lastTransitionTime: seconds(workload.revisedMs),
      },
    ],
  };
}

function progress(options: {
  complete: boolean;
  stuck: boolean;
  replicaSet: string;
}) {
  const { complete, stuck, replicaSet } = options;
  if (stuck) {
    return {
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${replicaSet}" has timed out progressing.`,
    };
  }
  return complete
    ? {
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet "${replicaSet}" has successfully progressed.`,
      }
    : {
        reason: 'ReplicaSetUpdated',
        message: `ReplicaSet "${replicaSet}" is progressing.`,
      };
}
