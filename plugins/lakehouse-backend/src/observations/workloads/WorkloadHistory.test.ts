import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import { at, onEachDatabase } from '../__testUtils__/onEachDatabase';
import type { Observation } from '../Observation';

jest.setTimeout(120_000);

const workload = (namespace: string, name: string, ready = 1): Workload => ({
  connection: 'k8s',
  namespace,
  kind: 'Deployment',
  name,
  observedAt: at(0),
  replicas: { wanted: 2, ready },
  rollout: 'complete',
  restarts: 3,
  oomKills: 0,
  pending: 0,
  images: [],
  pods: [],
  events: [],
});

const sampled = (seconds: number, workloads: Workload[]): Observation => ({
  type: 'WorkloadsSampled',
  connection: 'k8s',
  at: at(seconds),
  workloads,
});

const gap = (seconds: number, namespace: string): Observation => ({
  type: 'GapOpened',
  gap: {
    connection: 'k8s',
    subject: `namespace:${namespace}`,
    since: at(seconds),
    code: 'forbidden',
    reason: '403',
    remedy: 'grant it',
  },
});

onEachDatabase('WorkloadHistory', current => {
  const record = (...observations: Observation[]) =>
    current().store.record(observations);
  const names = async () =>
    (await current().store.workloads.latest('k8s'))?.workloads
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .sort();

  it('forgets what the newest look does not have', async () => {
    expect(await names()).toBeUndefined();
    await record(sampled(10, [workload('a', 'x'), workload('a', 'y')]));
    await record(sampled(20, [workload('a', 'y')]));
    await record(sampled(15, [workload('a', 'late')]));
    expect(await names()).toEqual(['a/y']);
  });

  it('keeps what was seen last in a namespace that may not be seen now', async () => {
    await record(
      sampled(10, [workload('a', 'x'), workload('b', 'gone')]),
      sampled(20, [workload('a', 'x'), workload('b', 'y')]),
    );
    await record(gap(30, 'b'), sampled(30, [workload('a', 'x')]));
    expect(await names()).toEqual(['a/x', 'b/y']);
    await record(
      {
        type: 'GapClosed',
        connection: 'k8s',
        subject: 'namespace:b',
        at: at(40),
      },
      sampled(40, [workload('a', 'x')]),
    );
    expect(await names()).toEqual(['a/x']);
  });

  it('tells replicas over time, workload by workload', async () => {
    await record(
      sampled(10, [workload('a', 'x', 1)]),
      sampled(20, [workload('a', 'x', 2), workload('a', 'y', 0)]),
    );
    const series = await current().store.workloads.series('k8s', {
      from: at(0),
      to: at(60),
    });
    expect(series).toEqual([
      {
        workload: 'a/Deployment/x',
        points: [
          { at: at(10), wanted: 2, ready: 1, restarts: 3 },
          { at: at(20), wanted: 2, ready: 2, restarts: 3 },
        ],
      },
      {
        workload: 'a/Deployment/y',
        points: [{ at: at(20), wanted: 2, ready: 0, restarts: 3 }],
      },
    ]);
  });
});
