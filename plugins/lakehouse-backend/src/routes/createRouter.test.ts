import type { AuthorizePermissionRequest } from '@backstage/plugin-permission-common';
import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import request from 'supertest';
import { DatabaseObservationStore } from '../observations/DatabaseObservationStore';
import type { Observation } from '../observations/Observation';
import { fakeTrinoConnection } from '../__testUtils__/fakeTrinoConnections';
import {
  asService,
  asUser,
  startLakehouseBackend,
} from '../__testUtils__/startLakehouseBackend';

jest.setTimeout(60_000);

const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

function query(overrides: Partial<QueryRecord>): Observation {
  return {
    type: 'QueryObserved',
    query: {
      connection: 'analytics',
      queryId: 'q1',
      state: 'FINISHED',
      clientTags: [],
      resourceGroup: [],
      createdAt: minutesAgo(5),
      endedAt: minutesAgo(4),
      wallMs: 60_000,
      tablesRead: [],
      tablesWritten: [],
      observedBy: ['listener'],
      observedAt: minutesAgo(4),
      ...overrides,
    },
  };
}

const ref = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'we"ird.na$me ü/x',
};

const OBSERVATIONS: Observation[] = [
  query({ user: 'alice' }),
  query({ queryId: 'q2', state: 'FAILED', error: { name: 'KILLED' } }),
  query({ queryId: 'own', source: 'lakehouse-ops' }),
  {
    type: 'ClusterSampled',
    sample: {
      connection: 'analytics',
      sampledAt: minutesAgo(1),
      queries: { running: 1, queued: 0 },
    },
    resourceGroups: [{ path: 'global', running: 1, queued: 0 }],
  },
  {
    type: 'TableInspected',
    health: {
      ref,
      format: 'iceberg',
      inspectedAt: minutesAgo(2),
      depth: 'summary',
      status: 'at-risk',
      score: 50,
      parts: [],
      gaps: [],
    },
  },
  { type: 'TablesSwept', connection: 'analytics', at: minutesAgo(1) },
  {
    type: 'GapOpened',
    gap: {
      connection: 'analytics',
      subject: 'cluster.memory',
      since: minutesAgo(30),
      code: 'forbidden',
      reason: '403 on /metrics',
      remedy: 'grant system_information read',
    },
  },
];

describe('createRouter', () => {
  let backend: Awaited<ReturnType<typeof startLakehouseBackend>>;
  let allow: (request: AuthorizePermissionRequest) => boolean;

  beforeAll(async () => {
    backend = await startLakehouseBackend({
      connections: [
        fakeTrinoConnection({ id: 'analytics' }),
        fakeTrinoConnection({
          id: 'etl',
          status: () => ({
            available: false,
            lastError: new Error('connect ECONNREFUSED'),
          }),
        }),
      ],
      allow: asked => allow(asked),
    });
    const store = await DatabaseObservationStore.create({
      database: { getClient: async () => backend.knex },
    });
    await store.record(OBSERVATIONS);
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    allow = () => true;
    backend.auditor.createEvent.mockClear();
  });

  const get = (path: string, query_: object = {}) =>
    request(backend.server)
      .get(`/api/lakehouse${path}`)
      .query(query_)
      .set(asUser);

  it('answers nobody who is not signed in', async () => {
    for (const path of [
      '/connections',
      '/trino/analytics/queries',
      '/tables',
    ]) {
      const answer = await request(backend.server).get(`/api/lakehouse${path}`);
      expect(answer.status).toBe(401);
    }
  });

  it('answers services too', async () => {
    const answer = await request(backend.server)
      .get('/api/lakehouse/trino/analytics/queries')
      .set(asService);
    expect(answer.status).toBe(200);
  });

  it('lists connections with what is known of them', async () => {
    const { body } = await get('/connections');
    expect(body.items).toEqual([
      expect.objectContaining({
        id: 'analytics',
        system: 'trino',
        version: '476',
        status: 'degraded',
        gaps: [expect.objectContaining({ subject: 'cluster.memory' })],
      }),
      expect.objectContaining({
        id: 'etl',
        status: 'down',
        message: 'connect ECONNREFUSED',
        capabilities: [],
      }),
    ]);
  });

  it('lists no connection of which the caller may see nothing', async () => {
    allow = asked => !('resourceRef' in asked) || asked.resourceRef === 'etl';
    const { body } = await get('/connections');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['etl']);
  });

  it('shows a cluster over time with its gaps', async () => {
    const { body } = await get('/trino/analytics/cluster');
    expect(body).toMatchObject({
      connection: 'analytics',
      title: 'Trino analytics',
      staleAfterSeconds: 30,
      latest: { queries: { running: 1 } },
      series: [{ queries: { running: 1 } }],
      concurrency: [{ groups: [{ path: 'global', running: 1 }] }],
      resourceGroups: [{ path: 'global' }],
      gaps: [{ code: 'forbidden' }],
    });
    expect(body.nodes).toBeUndefined();
    const past = await get('/trino/analytics/cluster', {
      from: minutesAgo(120),
      to: minutesAgo(60),
    });
    expect(past.body.series).toEqual([]);
  });

  it('pages through queries without our own', async () => {
    const { body } = await get('/trino/analytics/queries', { limit: 1 });
    expect(body).toMatchObject({ total: 2, limit: 1, offset: 0, gaps: [] });
    expect(body.items).toHaveLength(1);
    const own = await get('/trino/analytics/queries', {
      source: 'lakehouse-ops',
    });
    expect(own.body.total).toBe(1);
    const failed = await get(
      '/trino/analytics/queries?states=FAILED&states=QUEUED&sort=wallMs&order=asc',
    );
    expect(failed.body.items[0].queryId).toBe('q2');
  });

  it('sums queries up', async () => {
    const { body } = await get('/trino/analytics/queries/stats', {
      buckets: 12,
    });
    expect(body.bucketMs).toBe(300_000);
    expect([12, 13]).toContain(body.buckets.length);
    expect(Date.parse(body.buckets[0].start) % 300_000).toBe(0);
    expect(body.overall).toMatchObject({ ended: 2, failed: 1 });
    expect(body.facets.users).toEqual([{ value: 'alice', count: 1 }]);
  });

  it('shows one query, and keeps in the audit log who read it', async () => {
    const { body } = await get('/trino/analytics/queries/by-id/q1');
    expect(body).toMatchObject({ queryId: 'q1', user: 'alice' });
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'query-read',
        severityLevel: 'low',
        meta: { connection: 'analytics', queryId: 'q1' },
      }),
    );
    const missing = await get('/trino/analytics/queries/by-id/nope');
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain('lakehouse.retention');
  });

  it('lists tables of all connections, and shows one with any name', async () => {
    const list = await get('/tables', { status: 'at-risk' });
    expect(list.body).toMatchObject({
      total: 1,
      staleAfterSeconds: 360,
      items: [{ ref }],
    });
    const { catalog, schema, table } = ref;
    const path = ['analytics', catalog, schema, table]
      .map(encodeURIComponent)
      .join('/');
    const one = await get(`/tables/by-name/${path}`);
    expect(one.body).toMatchObject({
      health: { ref, score: 50 },
      history: [{ score: 50 }],
      staleAfterSeconds: 360,
    });
    const none = await get('/tables/by-name/analytics/a/b/c');
    expect(none.status).toBe(404);
    const unknown = await get('/tables', { connection: 'nope' });
    expect(unknown.status).toBe(404);
  });

  it.each([
    ['/trino/analytics/cluster', 'lakehouse.cluster.read'],
    ['/trino/analytics/queries', 'lakehouse.query.read'],
    ['/trino/analytics/queries/stats', 'lakehouse.query.read'],
    ['/trino/analytics/queries/by-id/q1', 'lakehouse.query.read'],
    ['/tables?connection=analytics', 'lakehouse.table.read'],
    ['/tables/by-name/analytics/a/b/c', 'lakehouse.table.read'],
  ])('refuses %s without %s, says why, and audits it', async (path, name) => {
    allow = asked => asked.permission.name !== name;
    const answer = await get(path);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      `You need the permission ${name} on connection 'analytics'`,
    );
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'access-denied',
        severityLevel: 'medium',
        meta: { permission: name, connection: 'analytics' },
      }),
    );
  });

  it('hides the tables of a connection that the caller may not see', async () => {
    allow = asked => !('resourceRef' in asked) || asked.resourceRef === 'etl';
    const { body } = await get('/tables');
    expect(body).toMatchObject({ total: 0, items: [] });
  });

  it.each([
    ['/trino/analytics/queries', { limit: 201 }, 'limit'],
    ['/trino/analytics/queries', { limit: 0 }, 'limit'],
    ['/trino/analytics/queries', { offset: 10_001 }, 'offset'],
    ['/trino/analytics/queries', { states: 'SLEEPING' }, 'states'],
    ['/trino/analytics/queries', { sort: 'drop table' }, 'sort'],
    ['/trino/analytics/queries', { from: 'yesterday' }, 'from'],
    ['/trino/analytics/queries', { from: '2026-11-21 10:00' }, 'from'],
    ['/trino/analytics/queries', { minWallMs: 'x' }, 'minWallMs'],
    ['/trino/analytics/queries/stats', { buckets: 1e9 }, 'buckets'],
    [
      '/trino/analytics/cluster',
      { from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      'from',
    ],
    [
      '/trino/analytics/cluster',
      { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      'to',
    ],
    ['/tables', { status: 'green' }, 'status'],
  ])('names what is wrong in %s %j', async (path, parameters, field) => {
    const answer = await get(path, parameters);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(new RegExp(`\\b${field}`));
  });

  it('does not tell whether a connection exists to who may not see it', async () => {
    allow = () => false;
    const answer = await get('/trino/nope/queries');
    expect(answer.status).toBe(403);
  });
});

describe('createRouter while the database is away', () => {
  it('shows what was known last, with its age and a gap', async () => {
    const backend = await startLakehouseBackend();
    const store = await DatabaseObservationStore.create({
      database: { getClient: async () => backend.knex },
    });
    await store.record(OBSERVATIONS);
    const get = (path: string) =>
      request(backend.server).get(`/api/lakehouse${path}`).set(asUser);
    const paths = [
      '/trino/analytics/cluster',
      '/trino/analytics/queries',
      '/trino/analytics/queries/stats',
      '/tables',
    ];
    for (const path of paths) expect((await get(path)).status).toBe(200);

    await backend.knex.destroy();
    for (const path of paths) {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body.gaps[0]).toMatchObject({
        code: 'storage',
        since: expect.any(String),
        reason: expect.stringContaining('database'),
      });
    }
    const queries = await get('/trino/analytics/queries');
    expect(queries.body.items).toHaveLength(2);
    const connections = await get('/connections');
    expect(connections.body.items[0].gaps[0].code).toBe('storage');
    const never = await get('/trino/analytics/queries?user=new');
    expect(never.status).toBe(503);
    expect(never.body.error.message).toContain('no earlier answer');

    backend.knex.initialize();
    await backend.stop();
  });
});
