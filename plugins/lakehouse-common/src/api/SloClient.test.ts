import { SloClient } from './SloClient';

const ID = 'component.default.personal-api.latency';
const RANGE = { from: '2026-11-22T10:00:00Z', to: '2026-11-22T11:00:00Z' };
const RANGE_QUERY = 'from=2026-11-22T10%3A00%3A00Z&to=2026-11-22T11%3A00%3A00Z';

function setUp(answer: () => Response = () => Response.json({ items: [] })) {
  const fetch = jest.fn(async (_url: string, _init?: RequestInit) => answer());
  const client = new SloClient({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: { fetch: fetch as typeof globalThis.fetch },
  });
  return { client, fetch };
}

describe('SloClient', () => {
  it.each<[string, (client: SloClient) => Promise<unknown>]>([
    ['slos', client => client.getSlos()],
    [
      'slos?owner=group%3Adefault%2Fdata&status=at-risk&limit=5',
      client =>
        client.getSlos({
          owner: 'group:default/data',
          status: 'at-risk',
          search: '',
          limit: 5,
        }),
    ],
    [
      'entity-slos?entityRef=component%3Adefault%2Fpersonal-api',
      client => client.getEntitySlos('component:default/personal-api'),
    ],
    [`slos/${ID}`, client => client.getSlo(ID)],
    ['slos/a%2F..%2Fb', client => client.getSlo('a/../b')],
    [
      `slos/${ID}/history?${RANGE_QUERY}`,
      client => client.getSloHistory(ID, RANGE),
    ],
    [`slos/${ID}/spenders`, client => client.getSloSpenders(ID)],
    [
      `slos/${ID}/what-if?target=0.99&threshold=0`,
      client => client.getSloWhatIf(ID, { target: 0.99, threshold: 0 }),
    ],
    [
      'slo-proposals?entityRef=component%3Adefault%2Fx',
      client => client.getSloProposals('component:default/x'),
    ],
  ])('asks for %s', async (path, call) => {
    const { client, fetch } = setUp();
    expect(await call(client)).toEqual({ items: [] });
    expect(fetch.mock.calls).toEqual([
      [`http://backend/api/lakehouse/${path}`, { signal: undefined }],
    ]);
  });

  it('answers an export as the text that it is', async () => {
    const { client, fetch } = setUp(() => new Response('kind: SLO\n'));
    expect(await client.getSloExport(ID, 'openslo')).toBe('kind: SLO\n');
    expect(fetch.mock.calls[0][0]).toBe(
      `http://backend/api/lakehouse/slos/${ID}/export?format=openslo`,
    );
  });

  it('posts corrections and silences', async () => {
    const { client, fetch } = setUp();
    const correction = {
      ...RANGE,
      kind: 'maintenance' as const,
      reason: 'upgrade',
    };
    await client.addSloCorrection(ID, correction);
    await client.silenceSlo(ID, { until: RANGE.to, reason: 'known' });
    expect(
      fetch.mock.calls.map(([url, init]) => [
        url,
        init?.method,
        init?.headers,
        JSON.parse(String(init?.body)),
      ]),
    ).toEqual([
      [
        `http://backend/api/lakehouse/slos/${ID}/corrections`,
        'POST',
        { 'content-type': 'application/json' },
        correction,
      ],
      [
        `http://backend/api/lakehouse/slos/${ID}/silences`,
        'POST',
        { 'content-type': 'application/json' },
        { until: RANGE.to, reason: 'known' },
      ],
    ]);
  });

  it('removes them', async () => {
    const { client, fetch } = setUp(() => new Response(null, { status: 204 }));
    await client.removeSloCorrection(ID, 'c/1', 'was wrong');
    await client.endSloSilence(ID, 's1');
    expect(fetch.mock.calls).toEqual([
      [
        `http://backend/api/lakehouse/slos/${ID}/corrections/c%2F1?reason=was+wrong`,
        { method: 'DELETE', signal: undefined },
      ],
      [
        `http://backend/api/lakehouse/slos/${ID}/silences/s1`,
        { method: 'DELETE', signal: undefined },
      ],
    ]);
  });

  it('ends a call when its signal says so', async () => {
    const { client, fetch } = setUp();
    const { signal } = new AbortController();
    await client.getSloHistory(ID, {}, { signal });
    expect(fetch.mock.calls[0][1]).toEqual({ signal });
  });

  it('throws what the backend says', async () => {
    const error = { name: 'NotFoundError', message: 'There is no SLO' };
    const { client } = setUp(() =>
      Response.json({ error, response: { statusCode: 404 } }, { status: 404 }),
    );
    for (const call of [
      client.getSlo('x'),
      client.getSloExport('x', 'sloth'),
      client.endSloSilence('x', 'y'),
    ]) {
      await expect(call).rejects.toMatchObject({
        name: 'ResponseError',
        statusCode: 404,
        cause: { message: 'There is no SLO' },
      });
    }
  });
});
