import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { createTestCertificates } from '../../../testing/createTestCertificates';
import { createTestKubernetesConfig } from '../../../testing/kubernetes/createTestKubernetesConfig';
import {
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import { describeConnectionError } from '../../shared/describeConnectionError';
import type { KubernetesConnectionConfig } from '../config';
import { DefaultKubernetesConnection } from '../DefaultKubernetesConnection';

const list = { namespace: 'lakehouse' };
const pod = (name: string) => ({ metadata: { name }, spec: {}, status: {} });

describe('a connection to an API server that misbehaves', () => {
  let server: ScriptedServer;
  const opened: DefaultKubernetesConnection[] = [];
  const directory = createMockDirectory();

  const connect = (overrides: Partial<KubernetesConnectionConfig> = {}) => {
    const connection = DefaultKubernetesConnection.create({
      config: createTestKubernetesConfig({
        auth: { type: 'token', url: server.url, token: 'secret', tls: {} },
        breaker: { failures: 50, reopenAfterMs: 100 },
        ...overrides,
      }),
    });
    opened.push(connection);
    return connection;
  };
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => {
        throw new Error('It should have failed.');
      },
      error => ({ error, description: describeConnectionError(error) }),
    );

  beforeEach(async () => {
    server = await startScriptedServer((_request, response) =>
      sendJson(response, { items: [] }),
    );
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(one => one.close()));
    await server.close();
  });

  it.each<[string, number, string, string, RegExp]>([
    [
      'a login page',
      200,
      '<html>Sign in</html>',
      'bad-response',
      /came as HTML/,
    ],
    ['half a JSON', 200, '{"items": [', 'bad-response', /not whole JSON/],
    ['another shape', 200, '{"items": 7}', 'bad-response', /has not the shape/],
    ['401', 401, '{}', 'unauthorized', /^401 on GET \/api\/v1/],
    ['500', 500, 'etcd is down', 'server-error', /500 .*\(etcd is down\)/],
    ['a redirect', 302, '', 'bad-response', /^302/],
  ])('says that %s came', async (_name, status, body, code, reason) => {
    server.answer = (_request, response) => {
      response.writeHead(status).end(body);
    };
    const { error, description } = await failureOf(connect().listPods(list));
    expect(description).toMatchObject({
      code,
      reason: expect.stringMatching(reason),
    });
    expect(error.message).toContain("'prod'");
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('asks again when held back, and then says for how long', async () => {
    server.answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '7' }).end('{}');
    };
    const { description } = await failureOf(connect().listPods(list));
    expect(server.seen.length).toBeGreaterThan(1);
    expect(description).toMatchObject({
      code: 'server-error',
      reason: expect.stringContaining('holds requests back for 7 s'),
    });
  });

  it('never repeats a change', async () => {
    server.answer = (_request, response) => {
      response.writeHead(503).end();
    };
    await failureOf(
      connect().restart(
        { namespace: 'lakehouse', kind: 'Deployment', name: 'a' },
        { resourceVersion: '1', restartedAt: 'x' },
      ),
    );
    expect(server.seen.map(({ method }) => method)).toEqual(['PATCH']);
    expect(server.seen[0]).toMatchObject({
      headers: expect.objectContaining({
        'content-type': 'application/strategic-merge-patch+json',
      }),
    });
  });

  it('begins a list anew when its next page has expired', async () => {
    const pages = [
      { metadata: { continue: 'old' }, items: [pod('a')] },
      undefined,
      { metadata: { continue: 'new' }, items: [pod('a')] },
      { items: [pod('b'), { metadata: 7 }, null] },
    ];
    server.answer = (_request, response) => {
      const page = pages.shift();
      if (page) sendJson(response, page);
      else sendJson(response, { kind: 'Status', reason: 'Expired' }, 410);
    };
    const pods = await connect().listPods(list);
    expect(pods.map(({ name }) => name)).toEqual(['a', 'b']);
    const asked = server.seen.map(
      ({ path }) => new URL(path, server.url).searchParams,
    );
    expect(asked.map(query => query.get('continue'))).toEqual([
      null,
      'old',
      null,
      'new',
    ]);
    expect(asked.map(query => query.get('resourceVersion'))).toEqual([
      '0',
      null,
      '0',
      null,
    ]);
  });

  it('gives up a list that expires again and again', async () => {
    server.answer = (request, response) =>
      request.path.includes('continue')
        ? sendJson(response, {}, 410)
        : sendJson(response, { metadata: { continue: 'c' }, items: [] });
    const { error, description } = await failureOf(connect().listPods(list));
    expect(error).toMatchObject({ status: 410 });
    expect(description.reason).toContain('3 times in a row');
    expect(server.seen).toHaveLength(6);
  });

  it('stops at its bound on objects, whatever is told to follow', async () => {
    server.answer = (_request, response) =>
      sendJson(response, {
        metadata: { continue: 'more' },
        items: [pod('a'), pod('b')],
      });
    await expect(connect({ maxItems: 5 }).listPods(list)).rejects.toMatchObject(
      {
        name: 'ConnectionLimitError',
        limit: 5,
      },
    );
    expect(server.seen).toHaveLength(3);
    await expect(connect({ maxItems: 5 }).listEvents(list)).resolves.toEqual({
      items: [],
      truncated: true,
    });
    server.answer = (_request, response) =>
      sendJson(response, { metadata: { continue: 'more' }, items: [] });
    await expect(
      connect({ maxItems: 5, pageSize: 5 }).listPods(list),
    ).rejects.toMatchObject({ name: 'ConnectionLimitError' });
  });

  it('says that nothing listens, and fails at once after a while', async () => {
    const connection = connect({
      auth: { type: 'token', url: 'http://127.0.0.1:1', token: 't', tls: {} },
      breaker: { failures: 2, reopenAfterMs: 60_000 },
    });
    const { description } = await failureOf(connection.listPods(list));
    expect(description.reason).toContain('nothing listens');
    expect((await failureOf(connection.listPods(list))).error).toMatchObject({
      kind: 'breaker-open',
    });
    expect(connection.status().available).toBe(false);
  });

  it('opens no breaker for refusals, and comes back by itself', async () => {
    const connection = connect({ breaker: { failures: 2, reopenAfterMs: 50 } });
    for (const status of [403, 404, 409, 422, 401]) {
      server.answer = (_request, response) => {
        response.writeHead(status).end('{}');
      };
      for (let i = 0; i < 3; i += 1) {
        await failureOf(connection.listPods(list));
      }
    }
    expect(connection.status().available).toBe(true);
    server.answer = (_request, response) => {
      response.writeHead(500).end();
    };
    for (let i = 0; i < 2; i += 1) await failureOf(connection.listPods(list));
    expect(connection.status().available).toBe(false);
    server.answer = (_request, response) => sendJson(response, { items: [] });
    while (!connection.status().available) await sleep(10);
    expect(await connection.listPods(list)).toEqual([]);
  });

  describe('its credentials', () => {
    const kubeconfig = (options: { token: string; context?: string }) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': options.context ?? 'main',
        clusters: [
          {
            name: 'c',
            cluster: { server: server.url, 'insecure-skip-tls-verify': true },
          },
        ],
        users: [{ name: 'u', user: { token: options.token } }],
        contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
      });
    const tokens = () =>
      server.seen.map(({ headers }) => headers.authorization);

    it('come from a kubeconfig file, which is read again when it changes', async () => {
      const file = directory.resolve('config');
      const connection = connect({ auth: { type: 'kubeconfig', file } });
      const { error } = await failureOf(connection.listPods(list));
      expect(error).toMatchObject({ kind: 'unreachable' });
      expect(error.message).toContain('ENOENT');

      await writeFile(file, kubeconfig({ token: 'first' }));
      await connection.listPods(list);
      await sleep(20);
      await writeFile(file, kubeconfig({ token: 'second' }));
      await connection.listPods(list);
      expect(tokens()).toEqual(['Bearer first', 'Bearer second']);
    });

    it('are missed in words when the file has no such context', async () => {
      const file = directory.resolve('other');
      await writeFile(file, kubeconfig({ token: 't', context: 'gone' }));
      const { description } = await failureOf(
        connect({ auth: { type: 'kubeconfig', file } }).listPods(list),
      );
      expect(description).toMatchObject({
        code: 'unreachable',
        reason: expect.stringContaining(
          "context 'gone'. Known contexts are: main",
        ),
        remedy: expect.stringContaining('auth of the connection'),
      });
      expect(server.seen).toEqual([]);
    });

    it('come from a plugin that fetches them', async () => {
      const file = directory.resolve('exec');
      const credential = JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: { token: 'fetched' },
      });
      const config = JSON.parse(kubeconfig({ token: 't' }));
      config.users[0].user = {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: ['-e', `console.log(${JSON.stringify(credential)})`],
        },
      };
      await writeFile(file, JSON.stringify(config));
      await connect({ auth: { type: 'kubeconfig', file } }).listPods(list);
      expect(tokens()).toEqual(['Bearer fetched']);
    });

    it('come from a token file', async () => {
      const tokenFile = directory.resolve('token');
      await writeFile(tokenFile, 'from-a-file');
      await connect({
        auth: { type: 'token', url: server.url, tokenFile, tls: {} },
      }).listPods(list);
      expect(tokens()).toEqual(['Bearer from-a-file']);
    });

    it('are sent only to a server whose certificate is trusted', async () => {
      const certificates = createTestCertificates();
      const secure = await startScriptedServer(
        (_request, response) => sendJson(response, { items: [] }),
        { tls: certificates.server },
      );
      const auth = {
        type: 'backstage' as const,
        cluster: 'main',
        url: secure.url,
        token: 't',
        skipTlsVerify: false,
      };
      try {
        const { description } = await failureOf(
          connect({ auth }).listPods(list),
        );
        expect(description).toMatchObject({
          code: 'unreachable',
          reason: expect.stringContaining('not trusted'),
        });
        expect(secure.seen).toEqual([]);
        const caData = Buffer.from(certificates.ca.cert).toString('base64');
        await connect({ auth: { ...auth, caData } }).listPods(list);
        await connect({ auth: { ...auth, skipTlsVerify: true } }).listPods(
          list,
        );
        expect(secure.seen).toHaveLength(2);
      } finally {
        await secure.close();
      }
    });

    it('say so outside of a cluster', async () => {
      const { description } = await failureOf(
        connect({ auth: { type: 'in-cluster' } }).listPods(list),
      );
      expect(description.reason).toContain('KUBERNETES_SERVICE_HOST');
    });
  });
});
