import type { KubernetesWorld } from './KubernetesWorld';
import type { WorldPod, WorldWorkload } from './model';
import { renderMeta, seconds } from './renderMeta';
import { renderContainer } from './renderWorkload';
import { isReady, replicaSetName, revisionHash } from './rolloutStep';

/** A pod as the API tells it. */
export function renderPod(
  world: KubernetesWorld,
  workload: WorldWorkload,
  pod: WorldPod,
) {
  const ready = isReady(pod, world.nowMs);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: renderMeta({
      name: pod.name,
      namespace: workload.namespace,
      uid: pod.uid,
      resourceVersion: pod.resourceVersion,
      createdMs: pod.createdMs,
      deletedMs: pod.goneAtMs,
      labels: podLabels(workload, pod),
      annotations: pod.template.annotations,
      owner: ownerOf(workload, pod),
    }),
    spec: {
      nodeName: pod.node,
      containers: [renderContainer(workload, pod.template)],
    },
    status: {
      phase: hasStarted(world, pod) ? 'Running' : 'Pending',
      startTime: seconds(pod.createdMs),
      podIP: pod.ip,
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Initialized', status: 'True' },
        { type: 'ContainersReady', status: ready ? 'True' : 'False' },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses: [
        {
          name: workload.container,
          image: pod.template.image,
          ready,
          started: ready,
          restartCount: pod.restarts,
          state: stateOf(world, workload, pod),
          lastState: pod.termination
            ? {
                terminated: {
                  reason: pod.termination.reason,
                  exitCode: pod.termination.exitCode,
                  finishedAt: seconds(pod.termination.atMs),
                },
              }
            : {},
        },
      ],
    },
  };
}

/** Labels of a pod: its template's, and which version of it. */
export function podLabels(
  workload: WorldWorkload,
  pod: WorldPod,
): Record<string, string> {
  const hash = revisionHash(workload, pod.revision);
  return workload.kind === 'StatefulSet'
    ? {
        ...workload.podLabels,
        'controller-revision-hash': `${workload.name}-${hash}`,
        'statefulset.kubernetes.io/pod-name': pod.name,
      }
    : { ...workload.podLabels, 'pod-template-hash': hash };
}

function ownerOf(workload: WorldWorkload, pod: WorldPod) {
  return workload.kind === 'StatefulSet'
    ? {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        name: workload.name,
        uid: workload.uid,
      }
    : {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: replicaSetName(workload, pod.revision),
        uid: `${workload.uid.slice(0, -4)}${String(9000 + pod.revision)}`,
      };
}

function hasStarted(world: KubernetesWorld, pod: WorldPod) {
  return !pod.broken && pod.startedMs <= world.nowMs;
}

function stateOf(
  world: KubernetesWorld,
  workload: WorldWorkload,
  pod: WorldPod,
) {
  if (pod.broken) {
    return {
      waiting: {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${workload.template.image}"`,
      },
    };
  }
  return hasStarted(world, pod)
    ? { running: { startedAt: seconds(pod.startedMs) } }
    : { waiting: { reason: 'ContainerCreating' } };
}
