import { InputError } from '@backstage/errors';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestPrometheusConfig } from '../../testing/prometheus/createTestPrometheusConfig';
import {
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../testing/startScriptedServer';
import { DefaultPrometheusConnection } from './DefaultPrometheusConnection';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';

const EMPTY = {
  status: 'success',
  data: { resultType: 'vector', result: [] },
};

describe('DefaultPrometheusConnection', () => {
  let server: ScriptedServer;
  const opened: DefaultPrometheusConnection[] = [];

  beforeEach(async () => {
    server = await startScriptedServer((_request, response) =>
      sendJson(response, EMPTY),
    );
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(one => one.close()));
    await server.close();
  });

  function connect(overrides: Partial<PrometheusConnectionConfig> = {}) {
    const connection = DefaultPrometheusConnection.create(
      createTestPrometheusConfig({ url: server.url, ...overrides }),
    );
    opened.push(connection);
    return connection;
  }

  const answer = (status: number, body: unknown) => {
    server.answer = (_request, response) => sendJson(response, body, status);
  };
  const failure = (errorType: string, error: string) => ({
    status: 'error',
    errorType,
    error,
  });

  it('sends password, tenant and how long it waits', async () => {
    await connect({
      auth: { type: 'basic', user: 'ops', password: 'sécret' },
      tenant: { header: 'x-scope-orgid', value: 'team-a' },
    }).query('up');
    const [{ headers, path }] = server.seen;
    expect(headers['x-scope-orgid']).toBe('team-a');
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from('ops:sécret').toString('base64')}`,
    );
    expect(path).toBe('/api/v1/query?query=up&timeout=10s');
  });

  it('reads a token again when its file changes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'token-'));
    const tokenFile = join(folder, 'token');
    try {
      await writeFile(tokenFile, 'first\n');
      const connection = connect({ auth: { type: 'bearer', tokenFile } });
      await connection.query('up');
      await writeFile(tokenFile, 'second\n');
      await utimes(tokenFile, new Date(), new Date(Date.now() + 5000));
      await connection.query('up');
      expect(server.seen.map(one => one.headers.authorization)).toEqual([
        'Bearer first',
        'Bearer second',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tells a partial answer from an empty one', async () => {
    answer(200, {
      ...EMPTY,
      warnings: ['store-2: connection refused'],
      infos: ['metric might not be a counter'],
    });
    expect(await connect().query('up')).toEqual({
      series: [],
      partial: true,
      warnings: ['store-2: connection refused'],
      infos: ['metric might not be a counter'],
    });
  });

  it('says that it does not read native histograms', async () => {
    answer(200, {
      status: 'success',
      data: {
        resultType: 'vector',
        result: [{ metric: { a: 'b' }, histogram: [1, { count: '2' }] }],
      },
    });
    expect(await connect().query('h')).toMatchObject({
      series: [{ labels: { a: 'b' }, points: [] }],
      warnings: [expect.stringContaining('native histograms')],
    });
  });

  it('takes no text for a number', async () => {
    answer(200, {
      status: 'success',
      data: { resultType: 'string', result: [1, 'hello'] },
    });
    await expect(connect().query('"hello"')).rejects.toMatchObject({
      kind: 'bad-response',
      reason: expect.stringContaining('no number'),
    });
  });

  it.each([
    [400, 'bad_data', 'parse error', 'Correct the expression'],
    [422, 'execution', 'many-to-many matching', 'Correct the expression'],
    [
      422,
      'execution',
      'query processing would load too many samples into memory',
      'Ask for a shorter time',
    ],
  ])(
    'takes %d %s for a wrong question: %s',
    async (status, type, said, next) => {
      answer(status, failure(type, said));
      const connection = connect({
        breaker: { failures: 1, reopenAfterMs: 1 },
      });
      const error = await connection.query('x').catch(e => e);
      expect(error).toBeInstanceOf(InputError);
      expect(error.message).toContain(said);
      expect(error.message).toContain(next);
      expect(connection.status().available).toBe(true);
      expect(server.seen).toHaveLength(1);
    },
  );

  it.each([
    [401, 'no auth', { name: 'ConnectionDeniedError', status: 401 }],
    [403, 'no', { name: 'ConnectionDeniedError', status: 403 }],
    [500, 'boom', { kind: 'server-error', status: 500 }],
    [302, '', { kind: 'bad-response', status: 302 }],
    [
      503,
      failure('timeout', 'query timed out in expression evaluation'),
      { kind: 'timeout', status: 503 },
    ],
    [200, '<html>Log in</html>', { kind: 'bad-response' }],
    [200, failure('bad_data', 'x'), { kind: 'bad-response' }],
  ])('tells what %d %j means', async (status, body, expected) => {
    server.answer = (_request, response) => {
      response
        .writeHead(status)
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    await expect(connect().query('up')).rejects.toMatchObject(expected);
  });

  it('knows a server without targets, and says so', async () => {
    server.answer = (request, response) => {
      if (request.path.includes('/targets')) {
        response.writeHead(404).end('404 page not found');
      } else if (request.path.includes('/alerts')) {
        sendJson(response, { status: 'success', data: { alerts: [] } });
      } else if (request.path.includes('/buildinfo')) {
        response.writeHead(404).end();
      } else {
        sendJson(response, EMPTY);
      }
    };
    const connection = connect();
    expect(await connection.targets()).toBeUndefined();
    const { version, capabilities } = await connection.capabilities();
    expect(version).toBeUndefined();
    expect(capabilities).toEqual([
      { id: 'metrics.query', available: true },
      { id: 'alerts.read', available: true },
      {
        id: 'targets.read',
        available: false,
        reason: expect.stringContaining('no list of scrape targets'),
        remedy: expect.any(String),
      },
    ]);
  });

  it('reads alerts whatever they lack', async () => {
    answer(200, {
      status: 'success',
      data: {
        alerts: [
          {
            labels: { alertname: 'A', severity: 'page', cluster: 'analytics' },
            annotations: { summary: 's' },
            state: 'firing',
            activeAt: '2026-11-21T08:24:01.682335282Z',
            value: '1e+00',
          },
          { labels: {}, state: 'pending', value: 'NaN' },
          { labels: { alertname: 'B' }, state: 'inactive' },
        ],
      },
    });
    expect(await connect().alerts()).toEqual([
      {
        connection: 'metrics',
        name: 'A',
        state: 'firing',
        severity: 'page',
        summary: 's',
        labels: { alertname: 'A', severity: 'page', cluster: 'analytics' },
        value: 1,
        activeAt: '2026-11-21T08:24:01.682Z',
        of: 'analytics',
      },
      {
        connection: 'metrics',
        name: '(without a name)',
        state: 'pending',
        labels: {},
      },
    ]);
  });

  it('sorts targets that are down first, and knows one never scraped', async () => {
    const target = (instance: string, health: string, lastScrape: string) => ({
      labels: { job: 'trino', instance },
      health,
      lastScrape,
      lastError: health === 'down' ? 'refused' : '',
    });
    answer(200, {
      status: 'success',
      data: {
        activeTargets: [
          target('a', 'up', '2026-11-21T08:24:08.949686169Z'),
          target('b', 'unknown', '0001-01-01T00:00:00Z'),
          target('c', 'down', '2026-11-21T08:24:08Z'),
        ],
      },
    });
    expect(await connect().targets()).toEqual([
      {
        job: 'trino',
        instance: 'c',
        health: 'down',
        lastError: 'refused',
        lastScrapeAt: '2026-11-21T08:24:08.000Z',
      },
      { job: 'trino', instance: 'b', health: 'unknown' },
      {
        job: 'trino',
        instance: 'a',
        health: 'up',
        lastScrapeAt: '2026-11-21T08:24:08.949Z',
      },
    ]);
  });

  it.each([
    [{ from: 'yesterday', to: '2026-01-01T00:00:00Z' }, 'from'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'before'],
    [
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', stepMs: 0 },
      'stepMs',
    ],
  ])('asks for no range that is none: %j', async (range, said) => {
    await expect(
      Promise.resolve().then(() => connect().queryRange('up', range)),
    ).rejects.toThrow(said);
    expect(server.seen).toHaveLength(0);
  });
});
