import { LakehouseClient } from './LakehouseClient';

const REF = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'we"ird ü/x',
};
const RANGE = { from: '2026-11-22T10:00:00Z', to: '2026-11-22T11:00:00Z' };
const RANGE_QUERY = 'from=2026-11-22T10%3A00%3A00Z&to=2026-11-22T11%3A00%3A00Z';

function setUp(answer: () => Response = () => Response.json({ items: [] })) {
  const fetch = jest.fn(async (_url: string, _init?: RequestInit) => answer());
  const client = new LakehouseClient({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: { fetch: fetch as typeof globalThis.fetch },
  });
  return { client, fetch };
}

describe('LakehouseClient', () => {
  it.each<[string, (client: LakehouseClient) => Promise<unknown>]>([
    ['connections', client => client.getConnections()],
    [
      `trino/analytics/cluster?${RANGE_QUERY}`,
      client => client.getCluster('analytics', RANGE),
    ],
    [
      'trino/analytics/queries?states=FAILED&states=QUEUED&limit=5',
      client =>
        client.getQueries('analytics', {
          states: ['FAILED', 'QUEUED'],
          limit: 5,
          text: '',
          user: undefined,
        }),
    ],
    [
      'trino/analytics/queries/stats?buckets=12',
      client => client.getQueryStats('analytics', { buckets: 12 }),
    ],
    [
      'trino/analytics/queries/by-id/2026%2F1',
      client => client.getQuery('analytics', '2026/1'),
    ],
    ['tables?text=a%26b', client => client.getTables({ text: 'a&b' })],
    [
      'tables/by-name/analytics/iceberg/gold/we%22ird%20%C3%BC%2Fx',
      client => client.getTable(REF),
    ],
    [`redis/cache?${RANGE_QUERY}`, client => client.getCache('cache', RANGE)],
    ['redis/a%2F..%2Fb', client => client.getCache('a/../b')],
    ['superset/bi', client => client.getDashboards('bi')],
    ['superset/bi/alerts/7', client => client.getAlert('bi', '7')],
    [
      'dashboards?reads=analytics%2Ficeberg.gold.%22we%22%22ird+%C3%BC%2Fx%22',
      client => client.getDashboardsOfTable(REF),
    ],
    [
      'kubernetes/k8s/workloads?namespace=trino&selector=app+in+%28a%2Cb%29&of=analytics',
      client =>
        client.getWorkloads(
          {
            connection: 'k8s',
            namespace: 'trino',
            selector: 'app in (a,b)',
          },
          { of: 'analytics' },
        ),
    ],
    [
      'kubernetes/k8s/workloads',
      client => client.getWorkloads({ connection: 'k8s' }),
    ],
    [
      `trino-gateway/gw?${RANGE_QUERY}`,
      client => client.getGateway('gw', RANGE),
    ],
    [
      'trino-gateway/gw/routes/q1',
      client => client.getGatewayRoute('gw', 'q1'),
    ],
    ['prometheus/metrics', client => client.getMetrics('metrics')],
    [
      `trino/analytics/access-denials?${RANGE_QUERY}`,
      client => client.getAccessDenials('analytics', RANGE),
    ],
    [
      `timeline?connection=cache&${RANGE_QUERY}`,
      client => client.getTimeline({ connection: 'cache', ...RANGE }),
    ],
    ['timeline', client => client.getTimeline()],
  ])('asks for %s', async (path, call) => {
    const { client, fetch } = setUp();
    expect(await call(client)).toEqual({ items: [] });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      `http://backend/api/lakehouse/${path}`,
    ]);
  });

  it('ends a call when its signal says so', async () => {
    const { client, fetch } = setUp();
    const { signal } = new AbortController();
    await client.getTimeline({}, { signal });
    expect(fetch.mock.calls[0][1]).toEqual({ signal });
  });

  it('throws what the backend says', async () => {
    const error = { name: 'NotAllowedError', message: 'You need a permission' };
    const { client } = setUp(() =>
      Response.json({ error, response: { statusCode: 403 } }, { status: 403 }),
    );
    await expect(client.getGateway('gw')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      cause: { message: 'You need a permission' },
    });
  });
});
