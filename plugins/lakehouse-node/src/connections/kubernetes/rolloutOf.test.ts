import type { KubernetesPod, KubernetesWorkload } from './KubernetesObjects';
import { rolloutOf } from './rolloutOf';

const NOW = Date.parse('2026-11-21T10:00:00Z');

const workload = (
  overrides: Partial<KubernetesWorkload> = {},
): KubernetesWorkload => ({
  namespace: 'lakehouse',
  kind: 'Deployment',
  name: 'trino-worker',
  uid: 'u',
  resourceVersion: '1',
  generation: 2,
  observedGeneration: 2,
  podSelector: 'app=trino',
  paused: false,
  replicas: { wanted: 3, current: 3, ready: 3, updated: 3, available: 3 },
  conditions: [],
  images: [],
  ...overrides,
});

const pod = (overrides: Partial<KubernetesPod> = {}): KubernetesPod => ({
  namespace: 'lakehouse',
  name: 'trino-worker-2',
  uid: 'p',
  phase: 'Pending',
  ready: false,
  containers: [],
  ...overrides,
});

const state = (
  overrides: Partial<KubernetesWorkload>,
  pods: readonly KubernetesPod[] = [],
) => rolloutOf({ workload: workload(overrides), pods, nowMs: NOW });

const progressing = (reason: string) => [
  { type: 'Progressing', status: 'True', reason, message: `it is ${reason}` },
];

describe('rolloutOf', () => {
  it.each<[string, Partial<KubernetesWorkload>, string, RegExp | undefined]>([
    ['all new and available', {}, 'complete', undefined],
    [
      'a change that no controller has seen',
      { observedGeneration: 1 },
      'progressing',
      /has not seen/,
    ],
    [
      'nothing observed at all',
      { observedGeneration: undefined },
      'progressing',
      /./,
    ],
    ['paused', { paused: true }, 'paused', /resumed/],
    [
      'one new of three',
      { replicas: { wanted: 3, current: 4, ready: 3, updated: 1 } },
      'progressing',
      /1 of 3 pods are new/,
    ],
    [
      'an old one left',
      {
        replicas: { wanted: 3, current: 4, ready: 4, updated: 3, available: 3 },
      },
      'progressing',
      /1 old pods/,
    ],
    [
      'new ones that are not available yet',
      {
        replicas: { wanted: 3, current: 3, ready: 1, updated: 3, available: 1 },
      },
      'progressing',
      /1 of 3 new pods are available/,
    ],
    [
      'a pod that failed long after the rollout',
      {
        replicas: { wanted: 3, current: 3, ready: 2, updated: 3, available: 2 },
        conditions: progressing('NewReplicaSetAvailable'),
      },
      'complete',
      undefined,
    ],
    [
      'a deadline that has passed',
      {
        replicas: { wanted: 3, current: 4, ready: 3, updated: 1 },
        conditions: progressing('ProgressDeadlineExceeded'),
      },
      'stuck',
      /ProgressDeadlineExceeded/,
    ],
    [
      'none wanted',
      { replicas: { wanted: 0, current: 0, ready: 0 } },
      'complete',
      undefined,
    ],
    [
      'a StatefulSet up to its partition',
      {
        kind: 'StatefulSet',
        partition: 2,
        replicas: { wanted: 3, current: 3, ready: 3, updated: 1 },
      },
      'complete',
      undefined,
    ],
    [
      'a StatefulSet that is scaled up',
      {
        kind: 'StatefulSet',
        replicas: { wanted: 5, current: 4, ready: 3, updated: 5 },
      },
      'progressing',
      /4 of 5 pods are there/,
    ],
    [
      'OnDelete with old pods',
      {
        kind: 'StatefulSet',
        strategy: 'OnDelete',
        replicas: { wanted: 3, current: 3, ready: 3, updated: 0 },
      },
      'paused',
      /OnDelete/,
    ],
    [
      'a DaemonSet half way',
      {
        kind: 'DaemonSet',
        replicas: { wanted: 3, current: 3, ready: 3, updated: 2 },
      },
      'progressing',
      /2 of 3/,
    ],
  ])('of %s', (_name, overrides, expected, message) => {
    const rollout = state(overrides);
    expect(rollout.state).toBe(expected);
    expect(rollout.message ?? '').toMatch(message ?? /^$/);
  });

  it('of a StatefulSet is stuck when a new pod can not start, or takes too long', () => {
    const half = {
      kind: 'StatefulSet' as const,
      updateRevision: 'b',
      replicas: { wanted: 3, current: 3, ready: 2, updated: 1 },
    };
    const waiting = (reason: string) => [
      { name: 'trino', ready: false, restarts: 0, waiting: { reason } },
    ];
    expect(
      state(half, [
        pod({ revision: 'b', containers: waiting('ImagePullBackOff') }),
      ]),
    ).toEqual({
      state: 'stuck',
      message: 'Pod trino-worker-2 does not start: ImagePullBackOff.',
    });
    expect(
      state(half, [
        pod({ revision: 'b', createdAt: '2026-11-21T09:45:00.000Z' }),
      ]),
    ).toMatchObject({ state: 'stuck', message: expect.stringContaining('15') });
    expect(
      state(half, [
        pod({ revision: 'a', containers: waiting('CrashLoopBackOff') }),
        pod({
          revision: 'b',
          createdAt: '2026-11-21T09:59:00.000Z',
          containers: waiting('ContainerCreating'),
        }),
      ]).state,
    ).toBe('progressing');
  });
});
