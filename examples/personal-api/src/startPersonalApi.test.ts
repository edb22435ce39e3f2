import {
  startRedisSandbox,
  startSandbox,
  type RedisSandbox,
  type Sandbox,
} from '@lakehouse-ops/sandbox';
import { makeLoad } from './load/makeLoad';
import { withStampede } from './load/withStampede';
import { readSettings } from './settings/readSettings';
import { startPersonalApi, type PersonalApi } from './startPersonalApi';
import { startTracing } from './tracing/startTracing';

jest.setTimeout(60_000);

describe('the personal API', () => {
  const events: Array<{ context?: { source?: string; traceToken?: string } }> =
    [];
  let trino: Sandbox;
  let redis: RedisSandbox;
  let api: PersonalApi;
  let stopTracing: () => Promise<void>;

  beforeAll(async () => {
    stopTracing = startTracing({
      serviceName: 'personal-api',
      exportTraces: false,
    });
    trino = await startSandbox({
      speed: 5,
      listener: {
        url: 'http://127.0.0.1:9/events',
        fetch: async (_url, init) => {
          events.push(JSON.parse(String(init?.body)));
          return new Response();
        },
      },
    });
    redis = await startRedisSandbox({ port: 0 });
    api = await startPersonalApi(
      readSettings({
        PERSONAL_API_PORT: '0',
        PERSONAL_API_ADMIN_PORT: '0',
        PERSONAL_API_TRINO_URL: trino.trinoUrl,
        PERSONAL_API_REDIS_URL: redis.url,
      }),
    );
  });

  afterAll(async () => {
    await api?.stop();
    await redis?.close();
    await trino?.close();
    await stopTracing?.();
  });

  const get = (path: string, headers?: Record<string, string>) =>
    fetch(new URL(path, api.url), { headers });
  const metric = async (name: string, prefix: string) =>
    Number(
      new RegExp(`^${name}\\{prefix="${prefix}"\\} (\\d+)$`, 'm').exec(
        await (await get('/metrics')).text(),
      )?.[1],
    );

  it.each([
    ['/v1/commits?limit=3', { commits: { length: 3 } }],
    ['/v1/activity-summary?days=2', { days: { length: 2 } }],
    ['/v1/repos/7/stats', { repo: 7, commits: expect.any(Number) }],
  ])('answers %s from Trino, then from the cache', async (path, expected) => {
    const first = await get(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('x-cache')).toBe('miss');
    const body = await first.json();
    expect(body).toMatchObject(expected);
    const second = await get(path);
    expect(second.headers.get('x-cache')).toBe('hit');
    expect(await second.json()).toEqual(body);
  });

  it.each([
    ['/v1/commits?limit=0', 'limit'],
    ["/v1/commits?author=x'--", 'author'],
    ['/v1/repos/x/stats', 'repo'],
  ])('refuses %s', async (path, name) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toContain(name);
  });

  it('hands its trace on to Trino', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await get('/v1/repos/99/stats', {
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });
    const told = () => events.map(({ context }) => context);
    while (!told().some(context => context?.traceToken === traceId)) {
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
    expect(
      told().find(context => context?.traceToken === traceId)?.source,
    ).toBe('personal-api');
  });

  it('makes a stampede when all protection is off, and tells of it', async () => {
    const prefix = 'personal-api:activity-summary:';
    const duplicates = () =>
      metric('lakehouse_cache_duplicate_misses_total', prefix);
    const before = await duplicates();
    const result = await withStampede(
      { admin: api.adminUrl, ttlSeconds: 1 },
      () => makeLoad({ url: api.url, rate: 50, seconds: 3, stampede: true }),
    );
    expect(result.requests).toBeGreaterThan(50);
    expect(result.misses).toBeGreaterThan(5);
    expect(await duplicates()).toBeGreaterThan(before + 3);
    const switches = await fetch(new URL('/admin/cache', api.adminUrl));
    expect(await switches.json()).toEqual({
      coalescing: true,
      earlyExpiration: true,
    });
  });

  it('has none when requests are coalesced', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get('/v1/commits?limit=77')),
    );
    const outcomes = answers.map(answer => answer.headers.get('x-cache'));
    expect(outcomes.filter(outcome => outcome === 'miss')).toHaveLength(1);
    expect(
      await metric(
        'lakehouse_cache_duplicate_misses_total',
        'personal-api:commits:',
      ),
    ).toBe(0);
  });

  it('keeps the admin route off the port of the API', async () => {
    expect((await get('/admin/cache')).status).toBe(404);
  });

  it('answers without Redis, and says so', async () => {
    expect(await (await get('/health')).json()).toMatchObject({ redis: 'ok' });
    await redis.close();
    const answer = await get('/v1/commits?limit=5');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-cache')).toBe('miss');
    expect(await (await get('/health')).json()).toMatchObject({
      status: 'ok',
      redis: 'away',
    });
  });

  it('tells that Trino is away', async () => {
    await trino.close();
    const answer = await get('/v1/commits?limit=6');
    expect(answer.status).toBe(502);
    expect((await answer.json()).error).toContain("Trino can't be reached");
  });
});
