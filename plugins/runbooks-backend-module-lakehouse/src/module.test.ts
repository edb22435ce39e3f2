import {
  FakeTrinoConnection,
  listedQuery,
} from './__testUtils__/FakeTrinoConnection';
import { startRunbooks } from './__testUtils__/startRunbooks';

jest.setTimeout(60_000);

/** All that the module adds, with a target of each kind that it acts on. */
const SYSTEMS = [
  {
    system: 'trino',
    name: 'Trino',
    kind: 'query',
    target: '20261121_101500_00001_abcde',
    actions: [
      'trino:analyze-table',
      'trino:check',
      'trino:check-cluster',
      'trino:check-queries',
      'trino:check-table',
      'trino:expire-snapshots',
      'trino:kill-query',
      'trino:optimize-manifests',
      'trino:optimize-table',
      'trino:remove-orphan-files',
    ],
  },
  {
    system: 'redis',
    name: 'Redis',
    kind: 'cache',
    target: 'chart:*',
    actions: [
      'redis:check-cache',
      'redis:expire-keys-with-jitter',
      'redis:flush-keys',
      'redis:inspect-prefix',
    ],
  },
  {
    system: 'superset',
    name: 'Superset',
    kind: 'dashboard',
    target: '1',
    actions: [
      'superset:check-alert',
      'superset:check-dashboard',
      'superset:invalidate-cache',
      'superset:run-alert-now',
      'superset:warm-dashboard',
    ],
  },
  {
    system: 'trino-gateway',
    name: 'Trino Gateway',
    kind: 'backend',
    target: 'etl-1',
    actions: [
      'gateway:activate-backend',
      'gateway:check-backend',
      'gateway:deactivate-backend',
    ],
  },
  {
    system: 'kubernetes',
    name: 'Kubernetes',
    kind: 'workload',
    target: 'lakehouse/Deployment/trino',
    actions: [
      'kubernetes:check-workload',
      'kubernetes:restart-workload',
      'kubernetes:scale-workload',
    ],
  },
  {
    system: 'prometheus',
    name: 'Prometheus',
    kind: 'server',
    target: 'nowhere',
    actions: ['prometheus:check'],
  },
];

describe('the lakehouse module', () => {
  it('adds the actions of each system, each with the connections of its own', async () => {
    const runbooks = await startRunbooks({});
    const { items } = await runbooks.client.getRunbooks();
    const expected = ['http:check', ...SYSTEMS.flatMap(each => each.actions)];
    const ids = items
      .filter(({ kind }) => kind !== 'runbook')
      .map(({ id }) => id);
    expect(ids.sort()).toEqual(expected.sort());

    for (const { system, name, kind, target, actions } of SYSTEMS) {
      const allowances = await runbooks.client.getAllowances(
        actions.map(runbookId => ({
          runbookId,
          target: { system, connection: 'nowhere', kind, name: target },
        })),
      );
      expect(allowances.items).toEqual(
        actions.map(() => ({
          allowed: false,
          reason: expect.stringContaining(
            `${name} nowhere can't be asked: There is no ${name} connection 'nowhere'`,
          ),
          remedy: expect.any(String),
        })),
      );
    }
  });

  it('kills a query from preview to proof', async () => {
    const trino = new FakeTrinoConnection();
    trino.queries.set(listedQuery.queryId, listedQuery);
    const runbooks = await startRunbooks({ connections: trino.connections });
    const preview = await runbooks.preview('trino:kill-query', {
      connection: 'analytics',
      queryId: listedQuery.queryId,
      message: 'Blocks the nightly load',
    });
    expect(preview.execute).toEqual({ allowed: true });
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    expect(trino.kills).toEqual([
      { queryId: listedQuery.queryId, message: 'Blocks the nightly load' },
    ]);
  });

  it('stops when the query ended after it was previewed', async () => {
    const trino = new FakeTrinoConnection();
    trino.queries.set(listedQuery.queryId, listedQuery);
    const runbooks = await startRunbooks({ connections: trino.connections });
    const preview = await runbooks.preview('trino:kill-query', {
      connection: 'analytics',
      queryId: listedQuery.queryId,
      message: 'Blocks the nightly load',
    });
    trino.queries.set(listedQuery.queryId, {
      ...listedQuery,
      state: 'FINISHED',
    });
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run).toMatchObject({
      state: 'failed',
      error: {
        step: 'check',
        message: expect.stringContaining('has ended already (FINISHED)'),
        alreadyDone: 'Nothing.',
      },
    });
    expect(trino.kills).toEqual([]);
  });
});
