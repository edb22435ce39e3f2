import { mockServices } from '@backstage/backend-test-utils';
import {
  type GatewaySandbox,
  startGatewaySandbox,
} from '@lakehouse-ops/sandbox';
import { createTestConfig } from '../../testing/createTestConfig';
import { createTestGatewayConfig } from '../../testing/gateway/createTestGatewayConfig';
import { sendStatement } from '../../testing/gateway/sendStatement';
import {
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../testing/startScriptedServer';
import { DefaultTrinoConnection } from '../trino';
import { DefaultGatewayConnection } from './DefaultGatewayConnection';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';

const FORM = { type: 'form', user: 'ops', password: 'secret' } as const;

jest.setTimeout(60_000);

describe('DefaultGatewayConnection', () => {
  const closers: Array<() => Promise<void>> = [];

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  function connect(overrides: Partial<GatewayConnectionConfig>) {
    const connection = DefaultGatewayConnection.create(
      createTestGatewayConfig(overrides),
    );
    closers.push(() => connection.close());
    return connection;
  }

  async function script(answer: ScriptedServer['answer']) {
    const server = await startScriptedServer(answer);
    closers.push(() => server.close());
    return server;
  }

  async function sandbox(
    options: Parameters<typeof startGatewaySandbox>[0] = {},
  ): Promise<GatewaySandbox> {
    const gateway = await startGatewaySandbox(options);
    closers.push(() => gateway.close());
    return gateway;
  }

  it('logs in once for many, and again when its token was ended', async () => {
    const gateway = await sandbox({ users: { ops: 'secret' } });
    const logins = jest.spyOn(gateway.world, 'logIn');
    const connection = connect({ url: gateway.url, auth: FORM });
    await Promise.all([connection.backends(), connection.backends()]);
    await connection.backends();
    expect(logins).toHaveBeenCalledTimes(1);
    gateway.world.logOutAll();
    expect(await connection.backends()).toHaveLength(2);
    expect(logins).toHaveBeenCalledTimes(2);
  });

  it('takes a refused login for what it is, though it comes with 200', async () => {
    const gateway = await sandbox({ users: { ops: 'other' } });
    const connection = connect({ url: gateway.url, auth: FORM });
    await expect(connection.backends()).rejects.toMatchObject({
      name: 'ConnectionDeniedError',
      status: 401,
      reason: 'the login of ops was refused: Authentication failed.',
    });
    expect(connection.status().lastError).toMatchObject({ status: 401 });
  });

  it('reads the open API when the other wants a login that there is not', async () => {
    const gateway = await sandbox({ users: { ops: 'secret' } });
    const connection = connect({ url: gateway.url });
    const backends = await connection.backends();
    expect(backends.map(({ name, health }) => [name, health])).toEqual([
      ['trino-adhoc', 'healthy'],
      ['trino-etl', 'healthy'],
    ]);
    const { capabilities } = await connection.capabilities();
    const byId = new Map(capabilities.map(one => [one.id, one]));
    expect(byId.get('backends.read')).toMatchObject({ available: true });
    for (const id of ['routes.read', 'backends.change']) {
      expect(byId.get(id)).toMatchObject({
        available: false,
        remedy: expect.stringContaining('set auth'),
      });
    }
  });

  it('warns of a gateway that everyone may change', async () => {
    const gateway = await sandbox();
    const { capabilities } = await connect({ url: gateway.url }).capabilities();
    expect(capabilities).toContainEqual({
      id: 'access.protected',
      available: false,
      reason: expect.stringContaining('no authentication'),
      remedy: expect.any(String),
    });
  });

  it('sees a backend that died, whatever "active" says', async () => {
    const gateway = await sandbox({ monitorEveryMs: 60_000 });
    const connection = connect({ url: gateway.url });
    const etl = gateway.world.backend('trino-etl');
    if (etl) etl.dead = true;
    await gateway.monitorNow();
    expect((await connection.backends())[1]).toMatchObject({
      name: 'trino-etl',
      active: true,
      health: 'unhealthy',
      running: undefined,
      queued: undefined,
    });
  });

  it.each([
    ['NOOP', 'unknown', undefined],
    ['INFO_API', 'healthy', undefined],
    ['METRICS', 'healthy', 3],
  ] as const)(
    'believes of monitor %s that health is %s and running %s',
    async (monitor, health, running) => {
      const server = await script((_request, response) =>
        sendJson(response, {
          code: 200,
          msg: 'Successful.',
          data: [
            {
              active: true,
              routingGroup: 'etl',
              externalUrl: null,
              name: 'a',
              proxyTo: 'http://Trino:80/',
              queued: 0,
              running: 3,
              status: 'HEALTHY',
            },
          ],
        }),
      );
      const connection = connect({
        url: server.url,
        monitor,
        trinoByUrl: { 'http://trino': 'analytics' },
      });
      expect(await connection.backends()).toEqual([
        expect.objectContaining({
          health,
          running,
          externalUrl: undefined,
          trino: 'analytics',
        }),
      ]);
    },
  );

  it.each([
    ['<html>Log in</html>', 'came as HTML'],
    ['', 'came empty'],
    ['{"code": 200,', 'is not whole JSON'],
    ['{"code":200,"data":[{}]}', 'has not the shape'],
    ['{"code":500,"msg":"No database"}', 'code 500: No database'],
  ])('says what came instead of backends: %s', async (text, said) => {
    const server = await script((_request, response) => {
      response.writeHead(200).end(text);
    });
    await expect(connect({ url: server.url }).backends()).rejects.toMatchObject(
      { reason: expect.stringContaining(said) },
    );
  });

  it('takes no other 404 for an unknown backend', async () => {
    const server = await script((_request, response) => {
      response.writeHead(404).end('no such route');
    });
    await expect(
      connect({ url: server.url }).setActive('a', { active: false }),
    ).rejects.toMatchObject({ status: 404, kind: 'bad-response' });
  });

  it('does not send a change twice', async () => {
    const server = await script((_request, response) => {
      response.writeHead(503).end();
    });
    await expect(
      connect({ url: server.url }).setActive('a', { active: false }),
    ).rejects.toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  it('reads history page by page, and no more than it may', async () => {
    const total = 450;
    const server = await script((request, response) => {
      const { page, size } = JSON.parse(request.body);
      const from = (page - 1) * size;
      sendJson(response, {
        code: 200,
        data: {
          total,
          rows: Array.from(
            { length: Math.min(size, total - from) },
            (_, i) => ({
              queryId: `q${from + i}`,
              backendUrl: 'http://a',
              captureTime: 1_795_252_520_062 - from - i,
            }),
          ),
        },
      });
    });
    const connection = connect({ url: server.url });
    const all = await connection.routes({ limit: 5000, backends: [] });
    expect(all.routes).toHaveLength(total);
    expect(all.truncated).toBe(false);
    expect(server.seen).toHaveLength(3);
    const some = await connection.routes({ limit: 300, backends: [] });
    expect(some.routes).toHaveLength(300);
    expect(some.truncated).toBe(true);
    await expect(connection.routes({ limit: 5001 })).rejects.toThrow('5000');
  });

  it('lets Trino probe and kill through it, where the procedure fails', async () => {
    const gateway = await sandbox();
    const trino = DefaultTrinoConnection.create({
      config: createTestConfig({ url: gateway.url }),
      logger: mockServices.logger.mock(),
    });
    closers.push(() => trino.close());
    await expect(
      trino.query(
        "CALL system.runtime.kill_query(query_id => 'x', message => 'y')",
      ),
    ).rejects.toMatchObject({ status: 500 });
    const sent = await sendStatement({
      gatewayUrl: gateway.url,
      group: 'etl',
      sql: 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem',
    });
    expect(gateway.world.backendOf(sent.queryId)?.name).toBe('trino-etl');
    expect(await trino.kill(sent.queryId, 'enough')).toEqual({
      outcome: 'killed',
    });
    await sent.finish();
    const { capabilities } = await trino.capabilities({ refresh: true });
    expect(capabilities.find(({ id }) => id === 'query.kill')).toMatchObject({
      available: true,
    });
  });
});
