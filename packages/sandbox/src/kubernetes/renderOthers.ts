import type { KubernetesWorld } from './KubernetesWorld';
import type {
  WorldAutoscaler,
  WorldBudget,
  WorldEvent,
  WorldWorkload,
} from './model';
import { renderMeta, seconds } from './renderMeta';
import { isReady } from './rolloutStep';

export function renderEvent(event: WorldEvent) {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: renderMeta({ ...event, createdMs: event.firstMs }),
    involvedObject: {
      kind: event.object.kind,
      namespace: event.namespace,
      name: event.object.name,
      uid: event.object.uid,
    },
    type: event.type,
    reason: event.reason,
    message: event.message,
    source: { component: event.component },
    firstTimestamp: seconds(event.firstMs),
    lastTimestamp: seconds(event.lastMs),
    count: event.count,
    eventTime: null,
    reportingComponent: event.component,
    reportingInstance: '',
  };
}

export function renderAutoscaler(
  world: KubernetesWorld,
  scaler: WorldAutoscaler,
) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: renderMeta({
      ...scaler,
      uid: `hpa-${scaler.name}`,
      resourceVersion: 1,
      createdMs: world.nowMs,
    }),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: scaler.targetKind,
        name: scaler.targetName,
      },
      minReplicas: scaler.min,
      maxReplicas: scaler.max,
    },
  };
}

export function renderBudget(world: KubernetesWorld, budget: WorldBudget) {
  const healthy = [...world.workloads.values()]
    .filter(
      workload =>
        workload.namespace === budget.namespace &&
        Object.entries(budget.labels).every(
          ([key, value]) => workload.podLabels[key] === value,
        ),
    )
    .flatMap(workload => world.podsOf(workload))
    .filter(pod => isReady(pod, world.nowMs)).length;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: renderMeta({
      ...budget,
      uid: `pdb-${budget.name}`,
      resourceVersion: 1,
      createdMs: world.nowMs,
    }),
    spec: {
      minAvailable: budget.minAvailable,
      selector: { matchLabels: budget.labels },
    },
    status: {
      disruptionsAllowed: Math.max(0, healthy - budget.minAvailable),
      currentHealthy: healthy,
      desiredHealthy: budget.minAvailable,
      expectedPods: healthy,
    },
  };
}

export function renderScale(world: KubernetesWorld, workload: WorldWorkload) {
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: renderMeta({ ...workload, labels: undefined }),
    spec: { replicas: workload.replicas },
    status: { replicas: world.podsOf(workload).length },
  };
}
