import { mockServices } from '@backstage/backend-test-utils';
import type { ServerResponse } from 'node:http';
import { createTestConfig } from '../../../testing/createTestConfig';
import {
  scriptStatement,
  SCRIPTED_QUERY_ID,
} from '../../../testing/scriptStatement';
import {
  ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import type { TrinoConnectionConfig } from '../config';
import { DefaultTrinoConnection } from '../DefaultTrinoConnection';

const COLUMNS = [{ name: 'a', type: 'bigint' }];
const logger = mockServices.logger.mock();

/** A page of one row, then the end. */
const oneRow = (index: number) =>
  index === 1 ? { columns: COLUMNS, data: [[1]] } : undefined;

describe('a statement', () => {
  let server: ScriptedServer;
  let connection: DefaultTrinoConnection | undefined;

  const connect = (overrides: Partial<TrinoConnectionConfig> = {}) => {
    connection = DefaultTrinoConnection.create({
      config: createTestConfig({ url: server.url, ...overrides }),
      logger,
    });
    return connection;
  };
  const count = (method: string, path = '') =>
    server.seen.filter(one => one.method === method && one.path.includes(path))
      .length;

  beforeEach(async () => {
    jest.clearAllMocks();
    server = await startScriptedServer(scriptStatement({ page: oneRow }));
  });

  afterEach(async () => {
    await connection?.close();
    await server.close();
  });

  it('is sent with who asks, what for, and nothing of the environment', async () => {
    const result = await connect({ clientTags: ['ops'] }).query('SELECT ü', {
      clientTags: ['nightly', 'ops'],
      catalog: 'iceberg',
      schema: 'lake',
      session: { 'iceberg.x': 'a b,c=%' },
    });
    expect(result.rows).toEqual([{ a: 1 }]);
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      path: '/v1/statement',
      body: 'SELECT ü',
      headers: {
        'x-trino-user': 'lakehouse-ops',
        'x-trino-source': 'lakehouse-ops',
        'x-trino-client-tags': 'lakehouse-ops,ops,nightly',
        'x-trino-catalog': 'iceberg',
        'x-trino-schema': 'lake',
        'x-trino-session': 'iceberg.x=a%20b%2Cc%3D%25',
        'accept-encoding': 'identity',
        'content-type': 'text/plain; charset=utf-8',
      },
    });
    expect(server.seen[0].headers.authorization).toBeUndefined();
  });

  it('takes rows that came with the first answer already', async () => {
    server.answer = (_request, response) =>
      sendJson(response, {
        id: SCRIPTED_QUERY_ID,
        columns: COLUMNS,
        data: [[1], [2]],
      });
    const { rows } = await connect().query('SELECT 1');
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('fails with what the first answer says already', async () => {
    server.answer = (_request, response) =>
      sendJson(response, {
        id: SCRIPTED_QUERY_ID,
        error: { message: 'no', errorName: 'QUERY_REJECTED', errorCode: 1 },
      });
    await expect(connect().query('SELECT 1')).rejects.toMatchObject({
      errorName: 'QUERY_REJECTED',
    });
    expect(count('DELETE')).toBe(0);
  });

  it.each([502, 503, 504, 429])(
    'asks again for a page that was answered with %d, and never sends the statement twice',
    async status => {
      let busy = 2;
      const answer = server.answer;
      server.answer = (request, response, raw) => {
        if (request.method === 'GET' && busy > 0) {
          busy -= 1;
          response.writeHead(status).end('busy');
        } else answer(request, response, raw);
      };
      const { rows } = await connect().query('SELECT 1');
      expect(rows).toEqual([{ a: 1 }]);
      expect(count('POST')).toBe(1);
    },
  );

  it('asks again for a page whose connection broke', async () => {
    let broken = false;
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method === 'GET' && !broken) {
        broken = true;
        raw.socket.destroy();
      } else answer(request, response, raw);
    };
    expect((await connect().query('SELECT 1')).rows).toEqual([{ a: 1 }]);
  });

  it('gives up on a page that stays away, and ends the query', async () => {
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method === 'GET') response.writeHead(503).end('no backend');
      else answer(request, response, raw);
    };
    await expect(
      connect({ breaker: { failures: 50, reopenAfterMs: 1000 } }).query(
        'SELECT 1',
      ),
    ).rejects.toMatchObject({
      name: 'TrinoUnavailableError',
      kind: 'server-error',
      status: 503,
    });
    expect(count('GET')).toBe(5);
    expect(count('DELETE', SCRIPTED_QUERY_ID)).toBe(1);
  });

  it('says that a restarted coordinator has forgotten the query', async () => {
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method === 'GET') response.writeHead(404).end();
      else answer(request, response, raw);
    };
    await expect(connect().query('SELECT 1')).rejects.toMatchObject({
      name: 'TrinoUnavailableError',
      reason: expect.stringContaining(
        `does not know query ${SCRIPTED_QUERY_ID} any more (404)`,
      ),
      remedy: 'run the statement again',
    });
    expect(connection?.status().available).toBe(true);
  });

  it('never shows the slug, with which anyone could fetch the result', async () => {
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method === 'GET') response.writeHead(500).end();
      else answer(request, response, raw);
    };
    const error = await connect()
      .query('SELECT 1')
      .catch(e => e);
    expect(error.message).toContain(SCRIPTED_QUERY_ID);
    expect(error.message).not.toContain('slug');
  });

  it('does not send a statement again that was answered with 503', async () => {
    server.answer = (_request, response) => {
      response.writeHead(503).end('starting');
    };
    await expect(connect().query('SELECT 1')).rejects.toMatchObject({
      kind: 'server-error',
      status: 503,
    });
    expect(count('POST')).toBe(1);
  });

  it('says that the coordinator is still starting', async () => {
    server.answer = (_request, response) =>
      sendJson(response, {
        id: SCRIPTED_QUERY_ID,
        error: {
          message: 'Trino server is still initializing',
          errorName: 'SERVER_STARTING_UP',
        },
      });
    await expect(connect().query('SELECT 1')).rejects.toMatchObject({
      name: 'TrinoUnavailableError',
      reason: 'the coordinator is still starting',
    });
  });

  it('does not follow results to another origin, and sends nothing there', async () => {
    const elsewhere = await startScriptedServer(
      scriptStatement({ page: oneRow }),
    );
    server.answer = scriptStatement({
      page: oneRow,
      origin: () => elsewhere.url,
    });
    await expect(connect().query('SELECT 1')).rejects.toMatchObject({
      name: 'TrinoUnavailableError',
      kind: 'bad-response',
      remedy: expect.stringContaining('advertisedOrigins'),
    });
    expect(elsewhere.seen).toEqual([]);
    // It can't be ended by its own address, so it is by its id.
    expect(count('DELETE', `/v1/query/${SCRIPTED_QUERY_ID}`)).toBe(1);
    await elsewhere.close();
  });

  it('fetches from the configured address what an advertised origin names', async () => {
    server.answer = scriptStatement({
      page: oneRow,
      origin: () => 'http://trino.internal:8080',
    });
    const { rows } = await connect({
      advertisedOrigins: ['http://trino.internal:8080'],
    }).query('SELECT 1');
    expect(rows).toEqual([{ a: 1 }]);
    expect(count('GET')).toBe(2);
  });

  it('does not ask in a hot loop while a server answers at once without news', async () => {
    server.answer = scriptStatement({ page: () => ({}) });
    await expect(
      connect().query('SELECT 1', { timeoutMs: 1500 }),
    ).rejects.toMatchObject({ name: 'TrinoTimeoutError' });
    expect(count('GET')).toBeLessThan(12);
    expect(count('GET')).toBeGreaterThan(3);
  });

  it('fails after its time even while a page hangs, and ends the query', async () => {
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method !== 'GET') answer(request, response, raw);
    };
    const startedMs = performance.now();
    await expect(
      connect().query('SELECT 1', { timeoutMs: 500 }),
    ).rejects.toMatchObject({
      name: 'TrinoTimeoutError',
      queryId: SCRIPTED_QUERY_ID,
    });
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(count('DELETE', SCRIPTED_QUERY_ID)).toBe(1);
  });

  it('ends a query whose id came only after its caller had given up', async () => {
    let late: ServerResponse | undefined;
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method === 'POST') late = response;
      else answer(request, response, raw);
    };
    const running = connect()
      .query('SELECT 1', { timeoutMs: 300 })
      .catch(error => error);
    setTimeout(() => {
      if (late) {
        sendJson(late, {
          id: SCRIPTED_QUERY_ID,
          nextUri: `${server.url}/v1/statement/queued/${SCRIPTED_QUERY_ID}/s/1`,
        });
      }
    }, 800);
    expect(await running).toMatchObject({ name: 'TrinoTimeoutError' });
    expect(count('GET')).toBe(0);
    expect(count('DELETE', SCRIPTED_QUERY_ID)).toBe(1);
  });

  it('logs that a query could not be ended, and still tells what went wrong', async () => {
    const answer = scriptStatement({ page: () => ({}) });
    server.answer = (request, response, raw) => {
      if (request.method === 'DELETE') response.writeHead(500).end('oops');
      else answer(request, response, raw);
    };
    await expect(
      connect().query('SELECT 1', { timeoutMs: 200 }),
    ).rejects.toMatchObject({ name: 'TrinoTimeoutError' });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        new RegExp(`${SCRIPTED_QUERY_ID} could not be ended.*500`),
      ),
    );
  });

  it('ends running statements when the connection is closed', async () => {
    server.answer = scriptStatement({ page: () => ({}) });
    const running = connect()
      .query('SELECT 1')
      .catch(error => error);
    while (count('GET') === 0) await new Promise(r => setTimeout(r, 10));
    await connection?.close();
    expect(await running).toMatchObject({ name: 'TrinoAbortedError' });
    expect(count('DELETE', SCRIPTED_QUERY_ID)).toBe(1);
  });

  it('keeps memory bounded when a page never ends', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    let sentBytes = 0;
    const answer = server.answer;
    server.answer = (request, response, raw) => {
      if (request.method !== 'GET') {
        answer(request, response, raw);
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      const pump = () => {
        while (!response.destroyed && sentBytes < 512 * 1024 * 1024) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', pump);
            return;
          }
        }
      };
      pump();
    };
    await expect(
      connect().query('SELECT 1', { maxBytes: 1024 * 1024 }),
    ).rejects.toMatchObject({ name: 'TrinoLimitError', limit: 1024 * 1024 });
    // What sockets buffer comes on top of the limit.
    expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
    expect(count('DELETE', SCRIPTED_QUERY_ID)).toBe(1);
  });

  it.each([
    ['a tag with a comma', { clientTags: ['a,b'] }],
    ['a schema that no header carries', { schema: 'lüke' }],
    ['a session property of an odd name', { session: { 'a=b': 'c' } }],
  ])('refuses %s before anything is sent', async (_name, options) => {
    await expect(connect().query('SELECT 1', options)).rejects.toThrow(
      'HTTP header',
    );
    expect(server.seen).toEqual([]);
  });
});
