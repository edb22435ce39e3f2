import { startSupersetSandbox } from '@lakehouse-ops/sandbox';
import {
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../testing/startScriptedServer';
import { createSupersetTestConfig } from '../../testing/superset/createSupersetTestConfig';
import type { SupersetConnectionConfig } from './config';
import { DefaultSupersetConnection } from './DefaultSupersetConnection';

describe('DefaultSupersetConnection', () => {
  const closers: Array<() => Promise<void>> = [];

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  function connect(overrides: Partial<SupersetConnectionConfig>) {
    const clock = { ms: Date.parse('2026-03-04T09:00:00Z') };
    const connection = DefaultSupersetConnection.create({
      config: createSupersetTestConfig(overrides),
      now: () => clock.ms,
    });
    closers.push(() => connection.close());
    return { connection, clock };
  }

  async function setup(user = 'admin') {
    const start = Date.parse('2026-03-04T09:00:00Z');
    const time = { ms: start };
    const sandbox = await startSupersetSandbox({
      port: 0,
      now: () => new Date(time.ms),
    });
    closers.push(() => sandbox.close());
    const { connection, clock } = connect({
      url: sandbox.url,
      auth: { type: 'password', user, password: user, provider: 'db' },
    });
    const pass = (minutes: number) => {
      time.ms += minutes * 60_000;
      clock.ms += minutes * 60_000;
    };
    return { sandbox, connection, pass };
  }

  async function script(answer: ScriptedServer['answer']) {
    const server = await startScriptedServer(answer);
    closers.push(() => server.close());
    return server;
  }

  describe('its token', () => {
    it('is asked for once, by many at a time, and renewed before it ends', async () => {
      const { sandbox, connection, pass } = await setup();
      await Promise.all([
        connection.dashboards(),
        connection.charts(),
        connection.alerts(),
      ]);
      expect(sandbox.accounts.logins).toBe(1);
      pass(13.9);
      await connection.dashboards();
      expect(sandbox.accounts.logins).toBe(1);
      pass(0.2);
      await connection.dashboards();
      expect(sandbox.accounts.logins).toBe(2);
    });

    it('is renewed in the middle when Superset forgot it, with its CSRF token', async () => {
      const { sandbox, connection } = await setup();
      await connection.warmChart('1');
      sandbox.fail('forget-tokens', { path: /warm_up/ });
      expect(await connection.warmChart('1')).toEqual({ ok: true });
      expect(sandbox.accounts.logins).toBe(2);
    });

    it('is renewed once only: a second refusal is told', async () => {
      const server = await script((request, response) =>
        request.path.endsWith('/login')
          ? sendJson(response, { access_token: 'any' })
          : sendJson(response, { msg: 'no' }, 401),
      );
      const { connection } = connect({ url: server.url });
      await expect(connection.dashboards()).rejects.toMatchObject({
        name: 'ConnectionDeniedError',
        status: 401,
      });
      expect(server.seen).toHaveLength(4);
    });

    it('is an API key where one is given, which is never renewed', async () => {
      const server = await script((_request, response) =>
        sendJson(response, { msg: 'no' }, 401),
      );
      const { connection } = connect({
        url: server.url,
        auth: { type: 'api-key', apiKey: 'sst_abc' },
      });
      await expect(connection.dashboards()).rejects.toMatchObject({
        status: 401,
        remedy: expect.stringContaining('auth.apiKey'),
      });
      expect(server.seen.map(one => one.headers.authorization)).toEqual([
        'Bearer sst_abc',
      ]);
    });
  });

  describe('what changes something', () => {
    it('renews the CSRF token and its session when Superset forgot them', async () => {
      const { sandbox, connection } = await setup();
      await connection.invalidateDataset('1');
      sandbox.fail('forget-sessions', { path: /invalidate/ });
      await expect(connection.invalidateDataset('1')).resolves.toBe(undefined);
    });

    it('carries token, cookie and referer, and is never sent twice', async () => {
      const server = await script((request, response) => {
        if (request.path.endsWith('/login')) {
          sendJson(response, { access_token: 'any' });
        } else if (request.path.includes('csrf_token')) {
          response.setHeader('set-cookie', 'session=abc; HttpOnly; Path=/');
          sendJson(response, { result: 'token-1' });
        } else {
          sendJson(response, { message: 'gone' }, 502);
        }
      });
      const { connection } = connect({ url: server.url });
      await expect(connection.invalidateDataset('7')).rejects.toMatchObject({
        kind: 'server-error',
        status: 502,
      });
      const sent = server.seen.filter(one => one.path.includes('invalidate'));
      expect(sent).toHaveLength(1);
      expect(sent[0].headers).toMatchObject({
        'x-csrftoken': 'token-1',
        cookie: 'session=abc',
        referer: `${server.url}/`,
      });
      expect(JSON.parse(sent[0].body)).toEqual({
        datasource_uids: ['7__table'],
      });
    });

    it('is not done when a page comes with 200 instead of 201', async () => {
      const { sandbox, connection } = await setup();
      await connection.invalidateDataset('1');
      sandbox.fail('html-login', { path: /invalidate/ });
      await expect(connection.invalidateDataset('1')).rejects.toMatchObject({
        kind: 'bad-response',
      });
    });
  });

  describe('when things go wrong', () => {
    it('waits as long as a 429 asks', async () => {
      const { sandbox, connection } = await setup();
      await connection.dashboards();
      sandbox.fail('rate-limit', { path: /dashboard/ });
      const startedMs = performance.now();
      expect((await connection.dashboards()).total).toBe(2);
      expect(performance.now() - startedMs).toBeGreaterThan(900);
    });

    it('tells a 429 that asks for a long wait', async () => {
      const server = await script((request, response) => {
        if (request.path.endsWith('/login')) {
          sendJson(response, { access_token: 'any' });
          return;
        }
        response.setHeader('retry-after', '600');
        sendJson(response, { message: '5 per 1 hour' }, 429);
      });
      const { connection } = connect({ url: server.url });
      await expect(connection.dashboards()).rejects.toMatchObject({
        status: 429,
        reason: expect.stringContaining('5 per 1 hour'),
        remedy: expect.stringContaining('RATELIMIT'),
      });
    });

    it('asks again after a 502', async () => {
      const { sandbox, connection } = await setup();
      sandbox.fail('bad-gateway', { path: /dashboard/ });
      expect((await connection.dashboards()).total).toBe(2);
    });

    it.each([
      ['html-login', /came as an HTML page .* asks for a login/],
      ['half-json', /is not whole JSON/],
    ] as const)('tells %s', async (fault, reason) => {
      const { sandbox, connection } = await setup();
      sandbox.fail(fault, { path: /dashboard/ });
      await expect(connection.dashboards()).rejects.toMatchObject({
        kind: 'bad-response',
        reason: expect.stringMatching(reason),
      });
    });

    it('tells the login page of a proxy also when it comes instead of a token', async () => {
      const { sandbox, connection } = await setup();
      sandbox.fail('html-login', { path: /login/ });
      await expect(connection.dashboards()).rejects.toMatchObject({
        kind: 'bad-response',
        reason: expect.stringContaining('The answer to the login'),
      });
    });

    it('keeps no more of a list than may be kept, and says so', async () => {
      const server = await script((request, response) => {
        if (request.path.endsWith('/login')) {
          sendJson(response, { access_token: 'any' });
          return;
        }
        const page = Number(
          /page:(\d+)/.exec(decodeURIComponent(request.path))?.[1] ?? 0,
        );
        const result = Array.from({ length: 100 }, (_, at) => ({
          id: page * 100 + at,
        }));
        sendJson(response, { count: 100_000, result });
      });
      const { connection } = connect({ url: server.url, maxObjects: 250 });
      const list = await connection.dashboards();
      expect(list.items).toHaveLength(250);
      expect(list.incomplete).toBe(
        'only 250 of 100000 are read (maxObjects of the connection)',
      );
      expect(server.seen).toHaveLength(4);
    });

    it('knows alerts that are switched off from an address that is not Superset', async () => {
      const { sandbox, connection } = await setup();
      sandbox.world.alertsOn = false;
      expect(await connection.alerts()).toMatchObject({ items: [], off: true });
      const server = await script((request, response) => {
        if (request.path.endsWith('/login')) {
          sendJson(response, { access_token: 'any' });
          return;
        }
        response.writeHead(404, { 'content-type': 'text/html' });
        response.end('<html>nginx</html>');
      });
      const other = connect({ url: server.url });
      await expect(other.connection.alerts()).rejects.toMatchObject({
        kind: 'bad-response',
        status: 404,
      });
    });

    it('reads an alert that ran and has no log', async () => {
      const { sandbox, connection } = await setup();
      sandbox.world.alerts.log.splice(0);
      expect((await connection.alert('1')).lastState).toBe('Success');
      expect(await connection.alertLog('1')).toEqual([]);
    });
  });

  describe('its probe', () => {
    const unavailable = async (connection: DefaultSupersetConnection) =>
      Object.fromEntries(
        (await connection.capabilities()).capabilities.flatMap(one =>
          one.available ? [] : [[one.id, one.reason]],
        ),
      );

    it('tells rights that are missing', async () => {
      const { connection } = await setup('gamma');
      expect(await unavailable(connection)).toEqual({
        'alerts.read': expect.stringContaining('403'),
        'alerts.log': expect.stringContaining('403'),
        'datasources.all': expect.stringContaining('may be missing'),
        'cache.warm': 'the account has not can_warm_up_cache on Chart',
        'alerts.execute': expect.stringContaining("can't be told"),
        'alerts.write': 'the account has not can_write on ReportSchedule',
      });
    });

    it('tells that alerts are switched off', async () => {
      const { sandbox, connection } = await setup();
      sandbox.world.alertsOn = false;
      expect((await unavailable(connection))['alerts.read']).toBe(
        'alerts and reports are switched off in this Superset',
      );
      const { capabilities } = await connection.capabilities();
      expect(
        capabilities.flatMap(({ id, notOffered }) => (notOffered ? [id] : [])),
      ).toEqual(['alerts.read', 'alerts.log']);
    });

    it('tells which version can run an alert at once', async () => {
      const { sandbox, connection } = await setup();
      expect((await connection.capabilities()).version).toBe('6.1');
      expect((await unavailable(connection))['alerts.execute']).toContain(
        'has no /api/v1/report/{pk}/execute',
      );
      sandbox.world.executes = true;
      const { version } = await connection.capabilities({ refresh: true });
      expect(version).toBe('newer than 6.1');
      expect(await unavailable(connection)).toEqual({});
      const { executionId } = await connection.executeAlert('2');
      const [row] = await connection.alertLog('2');
      expect(row.executionId).toBe(executionId);
    });
  });
});
