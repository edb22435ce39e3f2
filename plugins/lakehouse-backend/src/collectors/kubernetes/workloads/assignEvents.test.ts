import type {
  KubernetesEvent,
  KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { assignEvents } from './assignEvents';

const workload = (
  kind: KubernetesWorkload['kind'],
  name: string,
): KubernetesWorkload => ({
  namespace: 'lakehouse',
  kind,
  name,
  uid: name,
  resourceVersion: '1',
  generation: 1,
  podSelector: 'a=b',
  paused: false,
  replicas: { wanted: 1, current: 1, ready: 1 },
  conditions: [],
  images: [],
});

const event = (overrides: Partial<KubernetesEvent>): KubernetesEvent => ({
  at: '2026-11-21T10:00:00.000Z',
  type: 'Normal',
  reason: 'Killing',
  message: 'Stopping container',
  count: 1,
  object: 'Pod/superset-1',
  ...overrides,
});

describe('assignEvents', () => {
  const superset = workload('Deployment', 'superset');
  const worker = workload('Deployment', 'superset-worker');

  it('gives the pods of superset-worker to it, and not to superset', () => {
    const eventsOf = assignEvents(
      [
        event({ object: 'Pod/superset-worker-7d9f-abcde' }),
        event({ object: 'ReplicaSet/superset-worker-7d9f' }),
        event({ object: 'Pod/superset-6c5b-abcde' }),
        event({ object: 'Deployment/superset' }),
        event({ object: 'StatefulSet/superset' }),
        event({ object: 'Pod/other-0' }),
        event({ object: 'Node/superset-1' }),
      ],
      [superset, worker],
    );
    expect(eventsOf(worker).map(({ object }) => object)).toEqual([
      'Pod/superset-worker-7d9f-abcde',
      'ReplicaSet/superset-worker-7d9f',
    ]);
    expect(eventsOf(superset).map(({ object }) => object)).toEqual([
      'Pod/superset-6c5b-abcde',
      'Deployment/superset',
    ]);
  });

  it('counts what is the same together, newest first, at most 50', () => {
    const eventsOf = assignEvents(
      [
        event({ count: 2, at: '2026-11-21T10:00:01.000Z' }),
        event({ count: 3, at: '2026-11-21T10:00:09.000Z' }),
        ...Array.from({ length: 60 }, (_, i) =>
          event({ message: `m${i}`, at: '2026-11-21T09:00:00.000Z' }),
        ),
      ],
      [superset],
    );
    const found = eventsOf(superset);
    expect(found).toHaveLength(50);
    expect(found[0]).toMatchObject({
      count: 5,
      at: '2026-11-21T10:00:09.000Z',
    });
  });
});
