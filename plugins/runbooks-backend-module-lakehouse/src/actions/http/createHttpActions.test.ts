import { createServer, type Server } from 'node:http';
import { ConfigReader } from '@backstage/config';
import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import { createHttpActions } from './createHttpActions';
import { readHttpCheckConfig } from './readHttpCheckConfig';

const configOf = (allowed: object[]) =>
  new ConfigReader({ runbooks: { lakehouse: { httpCheck: { allowed } } } });

describe('http:check', () => {
  let server: Server;
  let url: string;
  const asked: Array<[string | undefined, string | undefined]> = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      if (request.url === '/slow') return;
      if (request.url === '/away') {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      } else if (request.url === '/much') {
        response.end('x'.repeat(1_000_000));
      } else if (request.url === '/broken') {
        response.writeHead(503).end('no database');
      } else {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"redis":"ok"}');
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    url = `http://127.0.0.1:${port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function check(path: string, more: object = {}) {
    const [action] = createHttpActions({
      endpoints: readHttpCheckConfig(
        configOf([{ name: 'api', url: `${url}${path}`, ...more }]),
      ),
    });
    return testRunbookAction({ action, input: { endpoint: 'api' } });
  }

  it('tells status and what is answered, and sends what the config says', async () => {
    const { output, verification } = await check('/health', {
      authorization: 'Bearer of-a-test',
    });
    expect(output).toMatchObject({
      up: true,
      status: 200,
      json: { redis: 'ok' },
      truncated: false,
    });
    expect(verification.summary).toMatch(/^api answers 200 in \d+ ms\.$/);
    expect(asked.at(-1)).toEqual(['/health', 'Bearer of-a-test']);
  });

  it('follows no redirect, and reads no more than it needs', async () => {
    const moved = await check('/away');
    expect(moved.output).toMatchObject({ up: true, status: 302 });
    const much = await check('/much');
    expect(much.output).toMatchObject({ status: 200, truncated: true });
    expect(String(much.output).length).toBeLessThan(5000);
  });

  it('tells what fails, and what does not answer, without an error', async () => {
    const broken = await check('/broken');
    expect(broken.output).toMatchObject({
      up: false,
      status: 503,
      text: 'no database',
    });
    const slow = await check('/slow', { timeout: { milliseconds: 100 } });
    expect(slow.output).toMatchObject({
      up: false,
      error: 'no answer within 100 ms',
    });
  });

  it('asks nothing but what the config names', async () => {
    const [action] = createHttpActions({ endpoints: new Map() });
    await expect(
      testRunbookAction({ action, input: { endpoint: url } }),
    ).rejects.toThrow(/No address is called|Too big/);
    expect(
      action.schema.input.safeParse({ endpoint: 'api', url }).data,
    ).toEqual({ endpoint: 'api' });
  });

  it.each([
    [[{ name: 'a/b', url: 'http://x' }], 'allowed[0].name'],
    [
      [{ name: 'a', url: 'file:///etc/passwd' }],
      'no address that can be asked',
    ],
    [[{ name: 'a', url: 'http://me:secret@x' }], 'as authorization'],
    [
      [
        { name: 'a', url: 'http://x' },
        { name: 'a', url: 'http://y' },
      ],
      "there are two 'a'",
    ],
  ])('refuses the config %j', (allowed, message) => {
    expect(() => readHttpCheckConfig(configOf(allowed))).toThrow(message);
  });
});
