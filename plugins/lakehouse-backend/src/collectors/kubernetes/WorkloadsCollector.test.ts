import { mockServices } from '@backstage/backend-test-utils';
import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  DefaultKubernetesConnection,
  type KubernetesConnectionConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  KUBERNETES_SANDBOX_TOKENS,
  type KubernetesSandbox,
  SANDBOX_NAMESPACE,
  startKubernetesSandbox,
} from '@lakehouse-ops/sandbox';
import type { Observation } from '../../observations/Observation';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { createKubernetesCollectors } from './createKubernetesCollectors';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const START_MS = Date.parse('2026-11-21T10:00:00Z');

describe('WorkloadsCollector', () => {
  let sandbox: KubernetesSandbox;
  let nowMs = START_MS;
  let latest: { at: string; workloads: Workload[] } | undefined;
  const opened: DefaultKubernetesConnection[] = [];

  beforeEach(async () => {
    nowMs = START_MS;
    latest = undefined;
    sandbox = await startKubernetesSandbox({ now: () => new Date(nowMs) });
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(one => one.close()));
    await sandbox.close();
  });

  function setUp(
    overrides: Partial<KubernetesConnectionConfig> = {},
    settings: { maxWorkloads?: number } = {},
  ) {
    const connection = DefaultKubernetesConnection.create({
      config: {
        id: 'prod',
        title: 'Production',
        auth: {
          type: 'token',
          url: sandbox.url,
          token: KUBERNETES_SANDBOX_TOKENS.viewer,
          tls: {},
        },
        workloads: [
          {
            of: 'analytics',
            namespace: SANDBOX_NAMESPACE,
            selector: 'app.kubernetes.io/name=trino',
            kinds: KINDS,
            scale: { min: 1, max: 5 },
          },
          { namespace: SANDBOX_NAMESPACE, kinds: KINDS },
        ],
        requestTimeoutMs: 500,
        maxResponseBytes: 1024 * 1024,
        pageSize: 250,
        maxItems: 2000,
        capabilitiesTtlMs: 600_000,
        breaker: { failures: 50, reopenAfterMs: 1000 },
        ...overrides,
      },
    });
    opened.push(connection);
    const [collector] = createKubernetesCollectors({
      connection,
      store: {
        workloads: { latest: async () => latest, series: async () => [] },
      },
      config: mockServices.rootConfig({
        data: { lakehouse: { collectors: { workloads: settings } } },
      }),
      logger: mockServices.logger.mock(),
      now: () => nowMs,
    });
    return async (): Promise<Observation[]> => {
      const observations = await collect(collector);
      for (const { at, workloads } of ofType(
        observations,
        'WorkloadsSampled',
      )) {
        latest = { at, workloads: [...workloads] };
      }
      return observations;
    };
  }

  const sampled = (observations: readonly Observation[]) =>
    ofType(observations, 'WorkloadsSampled').flatMap(one => one.workloads);
  const named = (observations: readonly Observation[], name: string) =>
    sampled(observations).find(one => one.name === name);
  const events = (observations: readonly Observation[]) =>
    ofType(observations, 'TimelineObserved').map(({ event }) => event);
  const gaps = (observations: readonly Observation[]) =>
    ofType(observations, 'GapOpened').map(({ gap }) => gap);

  it('tells each workload once, with what runs on it and between what it may be scaled', async () => {
    const observations = await setUp()();
    expect(sampled(observations).map(({ name, of }) => [name, of])).toEqual([
      ['trino-coordinator', 'analytics'],
      ['trino-worker', 'analytics'],
      ['superset', undefined],
      ['superset-worker', undefined],
      ['redis', undefined],
    ]);
    expect(named(observations, 'trino-worker')).toMatchObject({
      connection: 'prod',
      namespace: SANDBOX_NAMESPACE,
      kind: 'StatefulSet',
      observedAt: '2026-11-21T10:00:00.000Z',
      replicas: { wanted: 3, ready: 3, updated: 3, available: 3 },
      rollout: 'complete',
      restarts: 1,
      oomKills: 1,
      pending: 0,
      images: ['trinodb/trino:476'],
      scalable: { min: 1, max: 5 },
    });
    expect(named(observations, 'superset')?.scalable).toBeUndefined();
    expect(gaps(observations)).toEqual([]);
  });

  it('tells why a worker ended last, and of the kill on the timeline once', async () => {
    const run = setUp();
    const observations = await run();
    const worker = named(observations, 'trino-worker');
    expect(worker?.pods[0]).toMatchObject({
      name: 'trino-worker-1',
      phase: 'Running',
      ready: true,
      restarts: 1,
      lastTermination: {
        container: 'trino-worker',
        reason: 'OOMKilled',
        exitCode: 137,
        at: '2026-11-21T09:53:00.000Z',
      },
    });
    expect(worker?.events).toEqual([
      expect.objectContaining({
        reason: 'BackOff',
        object: 'Pod/trino-worker-1',
      }),
    ]);
    expect(events(observations)).toEqual([
      expect.objectContaining({
        kind: 'oom-kill',
        at: '2026-11-21T09:53:00.000Z',
        severity: 'critical',
        subject: 'lakehouse/StatefulSet/trino-worker',
      }),
    ]);
    nowMs += 15_000;
    expect(events(await run())).toEqual([]);
    sandbox.world.oomKill('trino-worker-2');
    nowMs += 15_000;
    const again = await run();
    expect(events(again)).toEqual([
      expect.objectContaining({
        kind: 'oom-kill',
        title: expect.stringContaining('trino-worker-2'),
      }),
    ]);
    expect(named(again, 'trino-worker')).toMatchObject({
      restarts: 2,
      oomKills: 2,
    });
  });

  it('sees a rollout begin, go on and end', async () => {
    const run = setUp();
    await run();
    sandbox.world.setImage(
      SANDBOX_NAMESPACE,
      'StatefulSet',
      'trino-worker',
      'trinodb/trino:477',
    );
    nowMs += 1000;
    const begun = await run();
    expect(named(begun, 'trino-worker')).toMatchObject({
      rollout: 'progressing',
      rolloutMessage: expect.stringMatching(/of 3 pods are new/),
    });
    expect(events(begun).map(({ kind }) => kind)).toEqual(['rollout-begun']);
    nowMs += 60_000;
    const ended = await run();
    expect(named(ended, 'trino-worker')).toMatchObject({
      rollout: 'complete',
      restarts: 0,
      images: ['trinodb/trino:477'],
    });
    expect(events(ended).map(({ kind }) => kind)).toEqual(['rollout-ended']);
  });

  it('sees a rollout that is stuck, and what for', async () => {
    const run = setUp();
    await run();
    for (const [kind, name] of [
      ['StatefulSet', 'trino-worker'],
      ['Deployment', 'superset'],
    ]) {
      sandbox.world.setImage(SANDBOX_NAMESPACE, kind, name, 'trino:missing');
    }
    nowMs += 20_000;
    const observations = await run();
    expect(named(observations, 'trino-worker')).toMatchObject({
      rollout: 'stuck',
      rolloutMessage: expect.stringContaining('ImagePullBackOff'),
      pending: 1,
      replicas: expect.objectContaining({ ready: 2 }),
    });
    expect(named(observations, 'trino-worker')?.pods[0]).toMatchObject({
      ready: false,
      waiting: 'ImagePullBackOff',
    });
    expect(events(observations)).toContainEqual(
      expect.objectContaining({
        kind: 'rollout-stuck',
        severity: 'critical',
        subject: 'lakehouse/StatefulSet/trino-worker',
      }),
    );
    expect(named(observations, 'superset')).toMatchObject({
      rollout: 'progressing',
      replicas: expect.objectContaining({ ready: 2, updated: 1 }),
    });
    nowMs += 11 * 60_000;
    expect(named(await run(), 'superset')).toMatchObject({
      rollout: 'stuck',
      rolloutMessage: expect.stringContaining('timed out progressing'),
    });
  });

  it('has a gap for a namespace that refuses it, and goes on with others', async () => {
    const run = setUp({
      workloads: [
        { namespace: 'kube-system', kinds: KINDS },
        { namespace: SANDBOX_NAMESPACE, kinds: KINDS },
      ],
    });
    const observations = await run();
    expect(sampled(observations)).toHaveLength(5);
    expect(gaps(observations)).toEqual([
      {
        connection: 'prod',
        subject: 'namespace:kube-system',
        since: '2026-11-21T10:00:00.000Z',
        code: 'forbidden',
        reason: expect.stringContaining('403'),
        remedy: expect.stringContaining('a Role in namespace kube-system'),
      },
    ]);
    expect(
      ofType(observations, 'GapClosed').map(({ subject }) => subject),
    ).toEqual(['workloads', 'namespace:lakehouse', 'workloads.events']);

    sandbox.world.faults.forbiddenNamespaces.add(SANDBOX_NAMESPACE);
    const refused = await run();
    expect(sampled(refused)).toEqual([]);
    expect(gaps(refused).map(({ subject }) => subject)).toEqual([
      'namespace:kube-system',
      'namespace:lakehouse',
    ]);
  });

  it.each<[string, () => void, string]>([
    ['500', () => (sandbox.world.faults.status = 500), 'server-error'],
    ['no time left', () => (sandbox.world.faults.delayMs = 5000), 'timeout'],
    [
      'a closed connection',
      () => (sandbox.world.faults.drop = true),
      'unreachable',
    ],
  ])('tells nothing but one gap on %s', async (_name, spoil, code) => {
    const run = setUp();
    spoil();
    const observations = await run();
    expect(observations).toEqual([
      {
        type: 'GapOpened',
        gap: expect.objectContaining({ subject: 'workloads', code }),
      },
    ]);
  });

  it('tells that there are more workloads than it looks at', async () => {
    const observations = await setUp({}, { maxWorkloads: 2 })();
    expect(sampled(observations)).toHaveLength(2);
    expect(gaps(observations)).toEqual([
      expect.objectContaining({
        subject: 'workloads',
        code: 'limit',
        remedy: expect.stringContaining('maxWorkloads'),
      }),
    ]);
  });

  it('tells when events are more than are read, and shows those that are', async () => {
    for (const pod of ['trino-worker-0', 'trino-worker-1', 'trino-worker-2']) {
      sandbox.world.oomKill(pod);
    }
    const observations = await setUp({
      maxItems: 2,
      workloads: [
        {
          namespace: SANDBOX_NAMESPACE,
          selector: 'app.kubernetes.io/component=coordinator',
          kinds: KINDS,
        },
      ],
    })();
    expect(sampled(observations)).toHaveLength(1);
    expect(gaps(observations)).toEqual([
      expect.objectContaining({ subject: 'workloads.events', code: 'limit' }),
    ]);
  });

  it('collects nothing where no workloads are named', () => {
    const logger = mockServices.logger.mock();
    const connection = DefaultKubernetesConnection.create({
      config: {
        id: 'prod',
        title: 'Production',
        auth: { type: 'in-cluster' },
        workloads: [],
        requestTimeoutMs: 500,
        maxResponseBytes: 1024,
        pageSize: 250,
        maxItems: 2000,
        capabilitiesTtlMs: 600_000,
        breaker: { failures: 5, reopenAfterMs: 1000 },
      },
    });
    expect(
      createKubernetesCollectors({
        connection,
        store: {
          workloads: { latest: async () => undefined, series: async () => [] },
        },
        config: mockServices.rootConfig(),
        logger,
      }),
    ).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
