import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { bigintLiteral, tableName, varcharLiteral } from './literals';
import { TrinoQueries } from './TrinoQueries';

type Answer = (req: IncomingMessage, res: ServerResponse, base: string) => void;

const page =
  (body: object): Answer =>
  (_req, res) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ id: 'q', ...body }));
  };
const next =
  (body: object = {}): Answer =>
  (req, res, base) =>
    page({ ...body, nextUri: `${base}/next` })(req, res, base);

describe('TrinoQueries', () => {
  const answers: Answer[] = [];
  const asked: Array<{ method?: string; headers: IncomingMessage['headers'] }> =
    [];
  let base: string;
  const server = createServer((req, res) => {
    asked.push({ method: req.method, headers: req.headers });
    req.resume();
    (answers.shift() ?? page({}))(req, res, base);
  });

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    answers.length = 0;
    asked.length = 0;
  });

  afterAll(
    () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );

  const rows = (queryTimeoutMs: number = 5_000) =>
    TrinoQueries.create({
      url: base,
      user: 'svc',
      password: 'secret',
      source: 'personal-api',
      queryTimeoutMs,
      traceHeaders: () => ({ 'x-trino-trace-token': 'abc' }),
    }).rows('SELECT 1', z.tuple([z.number()]));

  it('reads all pages, under its own source and with the trace', async () => {
    answers.push(next(), next({ data: [[1], [2]] }), page({ data: [[3]] }));
    expect(await rows()).toEqual([[1], [2], [3]]);
    expect(asked[0].headers).toMatchObject({
      'x-trino-source': 'personal-api',
      'x-trino-user': 'svc',
      'x-trino-trace-token': 'abc',
      authorization: `Basic ${Buffer.from('svc:secret').toString('base64')}`,
    });
  });

  it('asks again when Trino is busy', async () => {
    answers.push((_req, res) => {
      res.statusCode = 503;
      res.end();
    }, page({ data: [[1]] }));
    expect(await rows()).toEqual([[1]]);
  });

  it('tells what Trino failed with', async () => {
    answers.push(
      page({ error: { errorName: 'TABLE_NOT_FOUND', message: 'no table' } }),
    );
    await expect(rows()).rejects.toThrow('TABLE_NOT_FOUND: no table');
  });

  it('ends a query that takes too long', async () => {
    answers.push(next(), () => {});
    await expect(rows(200)).rejects.toThrow('did not answer within 200 ms');
    expect(asked.map(({ method }) => method)).toEqual([
      'POST',
      'GET',
      'DELETE',
    ]);
  });

  it('ends a query that answers something else', async () => {
    answers.push(next({ data: [['x']] }));
    await expect(rows()).rejects.toThrow('expected number');
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('ends a query with too many rows', async () => {
    answers.push(next({ data: Array.from({ length: 5_001 }, () => [1]) }));
    await expect(rows()).rejects.toThrow('more than 5000 rows');
    expect(asked.at(-1)?.method).toBe('DELETE');
  });

  it('reads no page without end', async () => {
    answers.push((_req, res) => {
      res.end('x'.repeat(5 * 1024 * 1024));
    });
    await expect(rows()).rejects.toThrow('larger than');
  });

  it('goes to no other server', async () => {
    answers.push(page({ nextUri: 'http://127.0.0.1:1/next' }));
    await expect(rows()).rejects.toThrow('sent us on to http://127.0.0.1:1');
    expect(asked).toHaveLength(1);
  });
});

describe('literals', () => {
  it('quote what could be read as SQL', () => {
    expect(varcharLiteral("O'Neil' OR 1=1 --")).toBe("'O''Neil'' OR 1=1 --'");
    expect(tableName('a.b.c', '$snapshots')).toBe('"a"."b"."c$snapshots"');
    expect(tableName('a.b.c"d')).toBe('"a"."b"."c""d"');
    expect(() => bigintLiteral(1.5)).toThrow('no whole number');
  });
});
