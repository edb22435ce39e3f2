import type {
  Workload,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from './mockTime';

/** Workers of a Trino cluster, one of them out of memory. */
export function mockWorkload(
  overrides: Partial<Workload> = {},
  now = Date.now(),
): Workload {
  return {
    connection: 'prod-k8s',
    namespace: 'trino',
    kind: 'Deployment',
    name: 'trino-worker',
    of: 'analytics',
    observedAt: at(now, 20_000),
    replicas: { wanted: 4, ready: 3, updated: 4, available: 3 },
    rollout: 'progressing',
    rolloutMessage: 'waiting for 1 of 4 pods to be ready',
    restarts: 7,
    oomKills: 3,
    pending: 1,
    images: ['trinodb/trino:476'],
    scalable: { min: 2, max: 8 },
    pods: [
      ...[1, 2, 3].map(index => ({
        name: `trino-worker-5d8f-${index}`,
        phase: 'Running',
        ready: true,
        node: `node-${index}`,
        startedAt: at(now, index * 60 * MINUTE_MS),
        restarts: index === 1 ? 7 : 0,
        lastTermination:
          index === 1
            ? {
                container: 'trino',
                reason: 'OOMKilled',
                exitCode: 137,
                at: at(now, 60 * MINUTE_MS),
              }
            : undefined,
      })),
      {
        name: 'trino-worker-5d8f-4',
        phase: 'Pending',
        ready: false,
        restarts: 0,
        waiting: 'Unschedulable: 0/3 nodes have enough memory',
      },
    ],
    events: [
      {
        at: at(now, 2 * MINUTE_MS),
        type: 'Warning',
        reason: 'FailedScheduling',
        message: '0/3 nodes are available: 3 Insufficient memory.',
        count: 14,
        object: 'Pod/trino-worker-5d8f-4',
      },
      {
        at: at(now, 60 * MINUTE_MS),
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: 'Scaled up replica set trino-worker-5d8f to 4',
        count: 1,
        object: 'Deployment/trino-worker',
      },
    ],
    ...overrides,
  };
}

/** What runs the analytics cluster, worst first. */
export function mockWorkloads(
  overrides: Partial<WorkloadsView> = {},
  now = Date.now(),
): WorkloadsView {
  const connection = overrides.connection ?? 'prod-k8s';
  return {
    connection,
    title: 'Production Kubernetes',
    version: 'v1.33.1',
    observedAt: at(now, 20_000),
    staleAfterSeconds: 120,
    workloads: [
      mockWorkload({ connection }, now),
      mockWorkload(
        {
          connection,
          name: 'trino-coordinator',
          kind: 'StatefulSet',
          replicas: { wanted: 1, ready: 1, updated: 1, available: 1 },
          rollout: 'complete',
          rolloutMessage: undefined,
          restarts: 0,
          oomKills: 0,
          pending: 0,
          scalable: undefined,
          pods: [
            {
              name: 'trino-coordinator-0',
              phase: 'Running',
              ready: true,
              node: 'node-1',
              startedAt: at(now, 9 * 24 * 60 * MINUTE_MS),
              restarts: 0,
            },
          ],
          events: [],
        },
        now,
      ),
    ],
    series: [
      {
        workload: 'trino/Deployment/trino-worker',
        points: Array.from({ length: 61 }, (_, index) => ({
          at: at(now, (60 - index) * MINUTE_MS),
          wanted: index < 1 ? 3 : 4,
          ready: 3,
          restarts: index < 5 ? 6 : 7,
        })),
      },
      {
        workload: 'trino/StatefulSet/trino-coordinator',
        points: Array.from({ length: 61 }, (_, index) => ({
          at: at(now, (60 - index) * MINUTE_MS),
          wanted: 1,
          ready: 1,
          restarts: 0,
        })),
      },
    ],
    gaps: [],
    ...overrides,
  };
}
