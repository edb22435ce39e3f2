import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import request from 'supertest';
import { ALL_SYSTEMS } from '../__testUtils__/startAllSystems';
import {
  asService,
  asUser,
  startLakehouseBackend,
} from '../__testUtils__/startLakehouseBackend';
import { SYSTEM_OBSERVATIONS } from '../__testUtils__/systemObservations';
import { DatabaseObservationStore } from '../observations/DatabaseObservationStore';

jest.setTimeout(60_000);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const G = 'https://grafana.example/d';
const links = [
  {
    title: 'Grafana',
    on: 'cluster',
    url: `${G}/trino?var-c={connection}&from={fromMs}&to={toMs}`,
  },
  { title: 'Grafana', on: 'cache', url: `${G}/redis?from={from}&to={to}` },
  { title: 'Pods', on: 'workload', url: `${G}/pods/{namespace}/{name}` },
  {
    title: 'Trace',
    on: 'query',
    url: 'https://jaeger.example/trace/{traceId}',
  },
  { title: 'Logs', on: 'query', url: `${G}/logs?query={queryId}` },
];

describe('links', () => {
  let backend: Awaited<ReturnType<typeof startLakehouseBackend>>;
  let store: DatabaseObservationStore;

  beforeAll(async () => {
    backend = await startLakehouseBackend({
      config: { data: { lakehouse: { ...ALL_SYSTEMS, links } } },
    });
    store = await DatabaseObservationStore.create({
      database: { getClient: async () => backend.knex },
    });
    await store.record(SYSTEM_OBSERVATIONS);
  });

  afterAll(() => backend.stop());

  const get = async (path: string, query: object = {}) => {
    const { body } = await request(backend.server)
      .get(`/api/lakehouse${path}`)
      .query(query)
      .set(asUser);
    return body;
  };

  it('of a cluster and a cache are of the time that is looked at', async () => {
    const range = {
      from: '2026-11-21T10:00:00.000Z',
      to: '2026-11-21T11:00:00.000Z',
    };
    expect((await get('/trino/analytics/cluster', range)).links).toEqual([
      {
        title: 'Grafana',
        url: `${G}/trino?var-c=analytics&from=1795255200000&to=1795258800000`,
      },
    ]);
    expect((await get('/redis/cache', range)).links).toEqual([
      {
        title: 'Grafana',
        url: `${G}/redis?from=2026-11-21T10%3A00%3A00.000Z&to=2026-11-21T11%3A00%3A00.000Z`,
      },
    ]);
  });

  it('stand on each workload', async () => {
    const { workloads } = await get('/kubernetes/k8s/workloads', {
      of: 'cache',
    });
    expect(workloads.map((one: Workload) => one.links)).toEqual([
      [{ title: 'Pods', url: `${G}/pods/cache/redis` }],
    ]);
  });

  it.each([
    ['a traceparent', `00-${TRACE_ID}-b7ad6b7169203331-01`, ['Trace', 'Logs']],
    ['a trace id', TRACE_ID, ['Trace', 'Logs']],
    ['something else', 'abc', ['Logs']],
  ])(
    'of a query lead to its trace when its token is %s',
    async (_, token, titles) => {
      const event = JSON.parse(
        readFileSync(
          join(__dirname, '../ingest/__fixtures__/client-tags.completed.json'),
          'utf8',
        ),
      );
      const queryId = `20261121_081642_${token.length
        .toString()
        .padStart(5, '0')}_abcde`;
      event.metadata.queryId = queryId;
      event.context.traceToken = token;
      const told = await request(backend.server)
        .post('/api/lakehouse/ingest/trino/analytics')
        .set(asService)
        .send(event);
      expect(told.status).toBe(200);
      const query = await get(`/trino/analytics/queries/by-id/${queryId}`);
      expect(query.traceToken).toBe(token);
      expect(query.links).toEqual(
        [
          { title: 'Trace', url: `https://jaeger.example/trace/${TRACE_ID}` },
          { title: 'Logs', url: `${G}/logs?query=${queryId}` },
        ].filter(({ title }) => titles.includes(title)),
      );
    },
  );

  it('still lead to the trace that the coordinator told when the event does not', async () => {
    const event = JSON.parse(
      readFileSync(
        join(__dirname, '../ingest/__fixtures__/client-tags.completed.json'),
        'utf8',
      ),
    );
    event.metadata.queryId = '20261121_081642_00099_abcde';
    delete event.context.traceToken;
    await store.record([
      {
        type: 'QueryObserved',
        query: {
          connection: 'analytics',
          queryId: event.metadata.queryId,
          state: 'RUNNING',
          clientTags: [],
          resourceGroup: [],
          createdAt: event.createTime,
          tablesRead: [],
          tablesWritten: [],
          traceToken: `00-${TRACE_ID}-b7ad6b7169203331-01`,
          observedBy: ['poll'],
          observedAt: event.createTime,
        },
      },
    ]);
    await request(backend.server)
      .post('/api/lakehouse/ingest/trino/analytics')
      .set(asService)
      .send(event);
    const query = await get(
      `/trino/analytics/queries/by-id/${event.metadata.queryId}`,
    );
    expect(query).toMatchObject({
      state: 'FINISHED',
      links: [{ title: 'Trace' }, { title: 'Logs' }],
    });
  });
});

describe('a link that leads nowhere', () => {
  it('keeps the plugin from starting, and names its field', async () => {
    const wrong = { title: 'x', on: 'cache', url: 'data:text/html,x' };
    await expect(
      startLakehouseBackend({
        config: { data: { lakehouse: { links: [...links, wrong] } } },
      }),
    ).rejects.toThrow('lakehouse.links[5].url is no URL');
  });
});
