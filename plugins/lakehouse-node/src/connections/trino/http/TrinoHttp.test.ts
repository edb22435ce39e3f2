import { mockServices } from '@backstage/backend-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import type { TrinoConnectionConfig } from '../config';
import { DefaultTrinoConnection } from '../DefaultTrinoConnection';
import { describeTrinoError } from '../describeTrinoError';

const INFO = {
  nodeVersion: { version: '476' },
  environment: 'test',
  coordinator: true,
  starting: false,
  uptime: '1.00m',
};

describe('a connection to a server that misbehaves', () => {
  let server: ScriptedServer;
  let connection: DefaultTrinoConnection;

  const connect = (overrides: Partial<TrinoConnectionConfig> = {}) => {
    connection = DefaultTrinoConnection.create({
      config: createTestConfig({
        url: server.url,
        breaker: { failures: 50, reopenAfterMs: 100 },
        ...overrides,
      }),
      logger: mockServices.logger.mock(),
    });
    return connection;
  };
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => {
        throw new Error('It should have failed.');
      },
      error => ({ error, description: describeTrinoError(error) }),
    );

  beforeEach(async () => {
    server = await startScriptedServer((_request, response) =>
      sendJson(response, []),
    );
  });

  afterEach(async () => {
    await connection.close();
    await server.close();
  });

  it('says that nothing listens', async () => {
    connect({ url: 'http://127.0.0.1:1' });
    const { error, description } = await failureOf(connection.listQueries());
    expect(error).toMatchObject({
      name: 'TrinoUnavailableError',
      kind: 'unreachable',
    });
    expect(description).toEqual({
      code: 'unreachable',
      reason: 'nothing listens at its address (ECONNREFUSED)',
      remedy: 'start the coordinator, or correct the url of the connection',
    });
  });

  it('does not wait longer than it may', async () => {
    server.answer = () => undefined;
    connect({ requestTimeoutMs: 200 });
    const startedMs = performance.now();
    const { error, description } = await failureOf(connection.listQueries());
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(error).toMatchObject({ kind: 'timeout' });
    expect(description).toMatchObject({
      code: 'timeout',
      reason: 'no whole answer to GET /v1/query came in 200 ms',
    });
  });

  it('does not wait longer for a body that trickles in', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };
    connect({ requestTimeoutMs: 300 });
    const { error } = await failureOf(connection.listQueries());
    expect(error).toMatchObject({ kind: 'timeout' });
  });

  it.each<[string, number, string, string, RegExp]>([
    ['HTML', 200, '<html>Sign in</html>', 'bad-response', /came as HTML/],
    ['half a JSON', 200, '[{"queryId":"2026', 'bad-response', /not whole JSON/],
    ['nothing', 200, '', 'bad-response', /came empty/],
    ['another shape', 200, '{"a":1}', 'bad-response', /has not the shape/],
    ['401', 401, 'Unauthorized', 'unauthorized', /^401 on GET \/v1\/query/],
    ['403', 403, 'Forbidden', 'forbidden', /^403 on GET \/v1\/query/],
    [
      '403 for want of system information',
      403,
      'Error 403 Forbidden: Management only resource',
      'forbidden',
      /needs system_information read/,
    ],
    ['404', 404, 'Not Found', 'bad-response', /^404 on GET \/v1\/query/],
    ['500', 500, 'Internal\nerror', 'server-error', /500 .*\(Internal error\)/],
    ['500 in HTML', 500, '<html>x</html>', 'server-error', /\(an HTML page\)/],
  ])('says that %s came', async (_name, status, body, code, reason) => {
    server.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/plain' });
      response.end(body);
    };
    const { error, description } = await failureOf(connect().listQueries());
    expect(description).toMatchObject({
      code,
      reason: expect.stringMatching(reason),
      remedy: expect.stringMatching(/\w+ \w+/),
    });
    expect(error.message).toContain("'analytics'");
  });

  it('follows no redirect', async () => {
    const elsewhere = await startScriptedServer((_request, response) =>
      sendJson(response, []),
    );
    server.answer = (_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/v1/query` }).end();
    };
    const { error } = await failureOf(connect().listQueries());
    expect(error).toMatchObject({
      kind: 'bad-response',
      status: 302,
      remedy: expect.stringContaining('redirects are not followed'),
    });
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  it('refuses what came packed, because its size could not be bounded', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(Buffer.from('1f8b', 'hex'));
    };
    const { error } = await failureOf(connect().listQueries());
    expect(error.message).toContain('content-encoding gzip');
  });

  it('gives up a list of queries over its bound, and names the field', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200);
      response.end('x'.repeat(100_000));
    };
    connect({ queryListMaxBytes: 1000 });
    const { error, description } = await failureOf(connection.listQueries());
    expect(error).toMatchObject({ name: 'TrinoLimitError', limit: 1000 });
    expect(error.message).toContain('queryListMaxBytes');
    expect(description.code).toBe('limit');
  });

  it('asks a second time when the connection broke', async () => {
    let broken = false;
    server.answer = (_request, response, raw) => {
      if (broken) sendJson(response, []);
      else raw.socket.destroy();
      broken = true;
    };
    expect(await connect().listQueries()).toEqual([]);
  });

  it('opens the breaker after failures in a row, fails at once, and closes by itself', async () => {
    server.answer = (_request, response) => {
      response.writeHead(500).end();
    };
    connect({ breaker: { failures: 3, reopenAfterMs: 200 } });
    for (let i = 0; i < 3; i += 1) {
      await expect(connection.listQueries()).rejects.toMatchObject({
        kind: 'server-error',
      });
    }
    const asked = server.seen.length;
    const startedMs = performance.now();
    const { error, description } = await failureOf(connection.listQueries());
    expect(performance.now() - startedMs).toBeLessThan(50);
    expect(error).toMatchObject({ kind: 'breaker-open' });
    expect(error.message).toContain('500 on GET /v1/query');
    expect(description.code).toBe('unreachable');
    expect(server.seen.length).toBe(asked);
    expect(connection.status()).toMatchObject({
      available: false,
      lastError: expect.objectContaining({ kind: 'server-error' }),
    });

    server.answer = (_request, response) => sendJson(response, []);
    // Nobody asks: the connection does so itself.
    while (!connection.status().available) await sleep(20);
    expect(connection.status().lastError).toBeUndefined();
    expect(server.seen[server.seen.length - 1].path).toBe('/v1/info');
    expect(await connection.listQueries()).toEqual([]);
  });

  it('does not open the breaker on refusals and limits', async () => {
    connect({
      breaker: { failures: 2, reopenAfterMs: 60_000 },
      queryListMaxBytes: 10,
    });
    for (const status of [401, 403, 404, 302, 200]) {
      server.answer = (_request, response) => {
        response.writeHead(status).end('x'.repeat(100));
      };
      for (let i = 0; i < 3; i += 1) {
        await expect(connection.listQueries()).rejects.not.toMatchObject({
          kind: 'breaker-open',
        });
      }
    }
    expect(connection.status().available).toBe(true);
  });

  it('shows a refused password until it is accepted', async () => {
    server.answer = (_request, response) => {
      response.writeHead(401).end();
    };
    await failureOf(connect().listQueries());
    expect(connection.status().lastError).toMatchObject({ status: 401 });
    server.answer = (_request, response) => sendJson(response, []);
    await connection.listQueries();
    expect(connection.status().lastError).toBeUndefined();
  });

  it('lives through a restart', async () => {
    connect({ breaker: { failures: 2, reopenAfterMs: 100 } });
    expect(await connection.listQueries()).toEqual([]);
    const { port } = server;
    await server.close();
    await failureOf(connection.listQueries());
    await failureOf(connection.listQueries());
    expect(connection.status().available).toBe(false);
    server = await startScriptedServer(
      (_request, response) => sendJson(response, INFO),
      { port },
    );
    while (!connection.status().available) await sleep(20);
    server.answer = (_request, response) => sendJson(response, []);
    expect(await connection.listQueries()).toEqual([]);
  });

  it('leaves out a query that it can not read, and keeps the others', async () => {
    const good = {
      queryId: 'a',
      state: 'RUNNING',
      session: { user: 'u', clientTags: 'odd' },
      query: 'SELECT 1',
      queryStats: { createTime: '2026-01-01T00:00:00Z', queuedTime: 7 },
      somethingNew: { a: 1 },
    };
    const traced = {
      ...good,
      queryId: 'c',
      session: {
        user: 'u',
        traceToken: 'abc',
        querySpan: { traceparent: '00-1-2-01' },
      },
    };
    const spanned = {
      ...good,
      queryId: 'd',
      session: { user: 'u', querySpan: { traceparent: '00-1-2-01' } },
    };
    const unspanned = {
      ...good,
      queryId: 'e',
      session: { user: 'u', querySpan: {} },
    };
    server.answer = (_request, response) =>
      sendJson(response, [
        good,
        { queryId: 'b' },
        null,
        traced,
        spanned,
        unspanned,
      ]);
    expect(await connect().listQueries()).toEqual([
      {
        queryId: 'a',
        state: 'RUNNING',
        user: 'u',
        clientTags: [],
        resourceGroup: [],
        query: 'SELECT 1',
        createdAt: '2026-01-01T00:00:00Z',
      },
      expect.objectContaining({ queryId: 'c', traceToken: 'abc' }),
      expect.objectContaining({ queryId: 'd', traceToken: '00-1-2-01' }),
      expect.objectContaining({ queryId: 'e', traceToken: undefined }),
    ]);
  });

  it('has no NaN and no HTML among figures', async () => {
    server.answer = (_request, response) => {
      response.end('a 1.0\nb NaN\n# EOF');
    };
    connect();
    expect(await connection.metrics(['a', 'b', 'c'])).toEqual(
      new Map([['a', 1]]),
    );
    server.answer = (_request, response) => {
      response.end('<html></html>');
    };
    await expect(connection.metrics(['a'])).rejects.toMatchObject({
      kind: 'bad-response',
    });
  });
});
