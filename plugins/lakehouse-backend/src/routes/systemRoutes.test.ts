import type { AuthorizePermissionRequest } from '@backstage/plugin-permission-common';
import type {
  LakehouseDashboard,
  Workload,
} from '@lakehouse-ops/plugin-lakehouse-common';
import request from 'supertest';
import { ALL_SYSTEMS, startAllSystems } from '../__testUtils__/startAllSystems';
import {
  asUser,
  startLakehouseBackend,
} from '../__testUtils__/startLakehouseBackend';
import {
  minutesAgo,
  SYSTEM_OBSERVATIONS,
} from '../__testUtils__/systemObservations';

jest.setTimeout(60_000);

describe('routes of all systems', () => {
  let backend: Awaited<ReturnType<typeof startAllSystems>>;
  let allow: (request: AuthorizePermissionRequest) => boolean;

  beforeAll(async () => {
    backend = await startAllSystems({ allow: asked => allow(asked) });
    await backend.store.record(SYSTEM_OBSERVATIONS);
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    allow = () => true;
  });

  const get = (path: string, query: object = {}) =>
    request(backend.server)
      .get(`/api/lakehouse${path}`)
      .query(query)
      .set(asUser);
  const ids = (items: Array<{ id: string }>) => items.map(({ id }) => id);

  it('lists the connections of all systems', async () => {
    const { body } = await get('/connections');
    expect(
      body.items.map(({ id, system }: { id: string; system: string }) => [
        id,
        system,
      ]),
    ).toEqual([
      ['analytics', 'trino'],
      ['cache', 'redis'],
      ['bi', 'superset'],
      ['bi2', 'superset'],
      ['k8s', 'kubernetes'],
      ['metrics', 'prometheus'],
      ['gw', 'trino-gateway'],
    ]);
    expect(body.items[1]).toMatchObject({
      gaps: [{ subject: 'cache.slowlog' }],
      catalogs: [],
    });
  });

  it('lists a connection only to who may see what it has', async () => {
    allow = asked => asked.permission.name === 'lakehouse.workload.read';
    expect(ids((await get('/connections')).body.items)).toEqual(['k8s']);
    allow = asked => asked.permission.name === 'lakehouse.cluster.read';
    expect(ids((await get('/connections')).body.items)).toEqual([
      'analytics',
      'metrics',
      'gw',
    ]);
  });

  it('shows a cache', async () => {
    const { body } = await get('/redis/cache');
    expect(body).toMatchObject({
      connection: 'cache',
      mode: 'standalone',
      staleAfterSeconds: 30,
      latest: { memory: { usedBytes: 7 } },
      series: [{ memory: { usedBytes: 7 } }],
      nodes: [{ id: 'a:1' }],
      prefixes: [{ prefix: 'stats:', use: { hits: 9, instances: 1 } }],
      stampedes: [{ id: 's1' }],
      gaps: [{ subject: 'cache.slowlog', code: 'forbidden' }],
    });
    expect(body.slowCommands).toBeUndefined();
    const past = await get('/redis/cache', {
      from: minutesAgo(120),
      to: minutesAgo(60),
    });
    expect(past.body).toMatchObject({
      series: [],
      prefixes: [],
      stampedes: [],
    });
  });

  it('shows dashboards with alerts worst first and what is older than its data', async () => {
    const { body } = await get('/superset/bi');
    expect(ids(body.alerts)).toEqual(['2', '3', '1', '4']);
    expect(body.partial).toBe('Only what the account owns is listed.');
    const charts: LakehouseDashboard['charts'] = body.dashboards[0].charts;
    expect(charts.map(({ outdated }) => outdated)).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
    expect(charts[2].dataChangedAt).toBe(charts[0].dataChangedAt);
    expect(charts[3].dataChangedAt).toBeUndefined();
    const never = await get('/superset/bi2');
    expect(never.body.alerts).toEqual([]);
    expect(never.body.alertsOff).toBeUndefined();
  });

  it('tells when an active alert is due next, or why that is not known', async () => {
    const askedMs = Date.now();
    const { body } = await get('/superset/bi');
    const [failed, fired, healthy, off] = body.alerts;
    expect(failed.nextRunAt).toBeUndefined();
    expect(failed.nextRunUnknown).toContain("'0 99 * * *' is not understood");
    const inMs = Date.parse(fired.nextRunAt) - askedMs;
    expect(inMs).toBeGreaterThan(0);
    expect(inMs).toBeLessThanOrEqual(120_000);
    expect(fired.nextRunUnknown).toBeUndefined();
    // Nine o'clock in Kathmandu.
    expect(healthy.nextRunAt).toMatch(/T03:15:00\.000Z$/);
    expect(off).toMatchObject({ id: '4', active: false });
    expect(off).not.toHaveProperty('nextRunAt');
    expect(off).not.toHaveProperty('nextRunUnknown');
    const alone = await get('/superset/bi/alerts/1');
    expect(alone.body.nextRunAt).toBe(healthy.nextRunAt);
  });

  it('shows an alert with its runs, and none as unknown when the log may not be read', async () => {
    const fired = await get('/superset/bi/alerts/3');
    expect(fired.body).toMatchObject({
      id: '3',
      runs: [{ id: '9', value: 3 }],
    });
    expect((await get('/superset/bi/alerts/1')).body.runs).toEqual([]);
    const subject = 'alerts.log' as const;
    await backend.store.record([
      {
        type: 'GapOpened',
        gap: {
          connection: 'bi',
          subject,
          since: minutesAgo(1),
          code: 'forbidden',
          reason: '403',
          remedy: 'grant it',
        },
      },
    ]);
    expect((await get('/superset/bi/alerts/1')).body.runs).toBeUndefined();
    await backend.store.record([
      { type: 'GapClosed', connection: 'bi', subject, at: minutesAgo(0) },
    ]);
    const missing = await get('/superset/bi/alerts/77');
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain('may not see it');
  });

  it('finds the dashboards of a table that the caller may see', async () => {
    const reads = 'analytics/iceberg.gold."we""ird ü"';
    const all = await get('/dashboards', { reads });
    expect(
      all.body.items.map((one: LakehouseDashboard) => one.connection),
    ).toEqual(['bi', 'bi2']);
    expect(all.body.items[0].charts[0].outdated).toBe(true);
    allow = asked => 'resourceRef' in asked && asked.resourceRef === 'bi2';
    const some = await get('/dashboards', { reads });
    expect(some.body.items).toHaveLength(1);
    allow = () => false;
    expect((await get('/dashboards', { reads })).body.items).toEqual([]);
  });

  it('shows workloads worst first, narrowed by namespace, labels and system', async () => {
    const names = async (query: object) =>
      (await get('/kubernetes/k8s/workloads', query)).body.workloads.map(
        ({ name }: Workload) => name,
      );
    expect(await names({})).toEqual(['down', 'oom', 'redis', 'fine']);
    expect(await names({ namespace: 'cache' })).toEqual(['redis']);
    expect(await names({ of: 'analytics' })).toEqual(['down', 'oom', 'fine']);
    expect(await names({ selector: 'app in (oom,fine)' })).toEqual([
      'oom',
      'fine',
    ]);
    const { body } = await get('/kubernetes/k8s/workloads', { of: 'cache' });
    expect(body.series).toEqual([
      {
        workload: 'cache/Deployment/redis',
        points: [{ at: expect.any(String), wanted: 1, ready: 1, restarts: 0 }],
      },
    ]);
  });

  it('shows a gateway, and the way that a query took', async () => {
    const { body } = await get('/trino-gateway/gw');
    expect(body).toMatchObject({
      defaultRoutingGroup: 'adhoc',
      backends: [{ name: 'b' }, { name: 'a' }],
      routes: [{ queryId: 'q1' }],
      series: [{ backends: [{ name: 'a' }, { name: 'b' }] }],
    });
    const way = await get('/trino-gateway/gw/routes/q1');
    expect(way.body.diverted).toBe(true);
    const none = await get('/trino-gateway/gw/routes/q2');
    expect(none.status).toBe(404);
  });

  it('shows what metrics tell, worst first', async () => {
    const { body } = await get('/prometheus/metrics');
    expect(body.alerts.map(({ name }: { name: string }) => name)).toEqual([
      'C',
      'F',
      'P',
    ]);
    expect(body.targets[0].health).toBe('down');
  });

  it('shows what access control refused in the last day', async () => {
    const { body } = await get('/trino/analytics/access-denials');
    expect(body).toMatchObject({
      connection: 'analytics',
      total: 1,
      groups: [{ user: 'alice', table: 'iceberg.gold.x', lastQueryId: 'q1' }],
      outages: [],
    });
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(86_400_000);
  });

  it('tells what happened to the systems that the caller may see', async () => {
    const all = await get('/timeline');
    expect(ids(all.body.items)).toEqual(['fired', 'stampede']);
    allow = asked => asked.permission.name === 'lakehouse.cache.read';
    expect(ids((await get('/timeline')).body.items)).toEqual(['stampede']);
    const refused = await get('/timeline', { connection: 'bi' });
    expect(refused.status).toBe(403);
    allow = () => true;
    const one = await get('/timeline', { connection: 'bi' });
    expect(ids(one.body.items)).toEqual(['fired']);
    expect((await get('/timeline', { connection: 'nope' })).status).toBe(404);
  });

  it.each([
    ['/redis/cache', 'lakehouse.cache.read', 'cache'],
    ['/superset/bi', 'lakehouse.dashboard.read', 'bi'],
    ['/superset/bi/alerts/1', 'lakehouse.dashboard.read', 'bi'],
    ['/kubernetes/k8s/workloads', 'lakehouse.workload.read', 'k8s'],
    ['/trino-gateway/gw', 'lakehouse.cluster.read', 'gw'],
    ['/trino-gateway/gw/routes/q1', 'lakehouse.cluster.read', 'gw'],
    ['/prometheus/metrics', 'lakehouse.cluster.read', 'metrics'],
    ['/trino/analytics/access-denials', 'lakehouse.query.read', 'analytics'],
    ['/timeline?connection=k8s', 'lakehouse.workload.read', 'k8s'],
  ])('refuses %s without %s', async (path, permission, connection) => {
    allow = asked => asked.permission.name !== permission;
    const answer = await get(path);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      `You need the permission ${permission} on connection '${connection}'`,
    );
    allow = () => false;
    const unknown = await get(path.replace(connection, 'nope'));
    expect(unknown.status).toBe(403);
    allow = () => true;
    const missing = await get(path.replace(connection, 'nope'));
    expect(missing.status).toBe(404);
  });

  it.each([
    ['/redis/cache', { from: 'yesterday' }, 'from'],
    ['/kubernetes/k8s/workloads', { selector: 'a b' }, 'selector'],
    ['/kubernetes/k8s/workloads', { of: 'x'.repeat(501) }, 'of'],
    ['/dashboards', {}, 'reads'],
    ['/dashboards', { reads: 'sales' }, 'reads'],
    ['/timeline', { to: 'x' }, 'to'],
    [
      '/trino-gateway/gw',
      { from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      'from',
    ],
  ])('names what is wrong in %s %j', async (path, parameters, field) => {
    const answer = await get(path, parameters);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(new RegExp(`\\b${field}:`));
  });
});

describe('routes of all systems while the database is away', () => {
  it('show what was known last with a gap, and never a statement', async () => {
    const backend = await startAllSystems({});
    await backend.store.record(SYSTEM_OBSERVATIONS);
    const get = (path: string) =>
      request(backend.server).get(`/api/lakehouse${path}`).set(asUser);
    const views = [
      '/redis/cache',
      '/superset/bi',
      '/kubernetes/k8s/workloads',
      '/trino-gateway/gw',
      '/prometheus/metrics',
    ];
    const others = [
      '/superset/bi/alerts/3',
      '/dashboards?reads=analytics/a.b.c',
      '/trino-gateway/gw/routes/q1',
      '/trino/analytics/access-denials',
      '/timeline',
    ];
    for (const path of [...views, ...others]) {
      expect((await get(path)).status).toBe(200);
    }
    await backend.knex.destroy();
    for (const path of views) {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body.gaps[0]).toMatchObject({ code: 'storage' });
    }
    for (const path of others) {
      const { status, body } = await get(path);
      expect(status).toBe(503);
      expect(body.error.message).toContain('database does not answer');
      expect(JSON.stringify(body)).not.toMatch(/select /i);
    }
    backend.knex.initialize();
    await backend.stop();
  });
});

describe('a config that uses an id twice', () => {
  it('keeps the plugin from starting, and names both places', async () => {
    const twice = {
      ...ALL_SYSTEMS,
      redis: { connections: [{ id: 'analytics', url: 'redis://127.0.0.1:1' }] },
    };
    await expect(
      startLakehouseBackend({ config: { data: { lakehouse: twice } } }),
    ).rejects.toThrow(
      /'analytics' names a connection in lakehouse.trino.connections and another in lakehouse.redis.connections/,
    );
  });
});
