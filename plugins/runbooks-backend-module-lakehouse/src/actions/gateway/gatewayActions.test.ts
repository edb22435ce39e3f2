import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  DefaultGatewayConnection,
  DefaultTrinoConnection,
  type GatewayConnection,
  readGatewayConnectionsConfig,
  readTrinoConnectionsConfig,
  type SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  type GatewaySandbox,
  startGatewaySandbox,
} from '@lakehouse-ops/sandbox';
import { runContext } from '../../__testUtils__/runContext';
import { createGatewayActions } from './createGatewayActions';

const LONG_SQL = 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem';
const ETL = { connection: 'gw', backend: 'trino-etl' };

jest.setTimeout(60_000);

function registry<T extends { readonly id: string }>(
  connections: readonly T[],
): SystemConnections<T> {
  return {
    list: () => connections,
    get: id => {
      const found = connections.find(one => one.id === id);
      if (!found) throw new NotFoundError(id);
      return found;
    },
  };
}

describe('the actions on Trino Gateway', () => {
  let sandbox: GatewaySandbox;
  let gateway: GatewayConnection;
  let changed: string[];
  const closers: Array<() => Promise<void>> = [];

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  /** @param options - `ours`: whether the backends are Trino connections of ours */
  async function setUp(
    options: {
      ours?: boolean;
      monitorType?: string;
      users?: { ops: { password: string; roles: string[] } };
    } = {},
  ) {
    sandbox = await startGatewaySandbox({
      monitorEveryMs: 50,
      users: options.users,
    });
    closers.push(() => sandbox.close());
    const config = new ConfigReader({
      lakehouse: {
        trino: {
          connections:
            options.ours === false
              ? []
              : sandbox.world.backends.map(({ name, proxyTo }) => ({
                  id: `ours-${name}`,
                  url: proxyTo,
                  user: 'lakehouse-ops',
                })),
        },
        trinoGateway: {
          connections: [
            {
              id: 'gw',
              url: sandbox.url,
              monitorType: options.monitorType ?? 'METRICS',
              auth: options.users && {
                type: 'basic',
                user: 'ops',
                password: options.users.ops.password,
              },
            },
          ],
        },
      },
    });
    const trino = readTrinoConnectionsConfig(config).map(entry =>
      DefaultTrinoConnection.create({
        config: entry,
        logger: mockServices.logger.mock(),
      }),
    );
    const gateways = readGatewayConnectionsConfig(config).map(entry =>
      DefaultGatewayConnection.create(entry),
    );
    closers.push(async () => {
      await Promise.all([...trino, ...gateways].map(one => one.close()));
    });
    [gateway] = gateways;
    changed = [];
    const [deactivate, activate] = createGatewayActions({
      connections: registry(gateways),
      trino: registry(trino),
      connectionChanged: id => changed.push(id),
      waits: { everyMs: 50, settleMs: 200 },
    });
    return { deactivate, activate };
  }

  async function send(options: { group: string; user: string; sql?: string }) {
    const answer = await fetch(`${sandbox.url}/v1/statement`, {
      method: 'POST',
      headers: {
        'x-trino-user': options.user,
        'x-trino-source': 'dbt',
        'x-trino-routing-group': options.group,
      },
      body: options.sql ?? 'SELECT 1',
    });
    const body: unknown = await answer.json();
    if (typeof body !== 'object' || body === null || !('id' in body)) {
      throw new Error('No query was made');
    }
    return String(body.id);
  }

  const kill = (queryId: string) =>
    fetch(`${sandbox.url}/v1/query/${queryId}/killed`, {
      method: 'PUT',
      headers: { 'x-trino-user': 'lakehouse-ops' },
      body: 'enough',
    });

  const activeOf = async (name: string) =>
    (await gateway.backends()).find(one => one.name === name)?.active;

  it('tells whose queries silently go elsewhere, drains, and proves it', async () => {
    const { deactivate } = await setUp();
    // Nobody fetches its result, so that it stays.
    const unread = await send({ group: 'etl', user: 'bob' });
    await send({ group: 'adhoc', user: 'carol' });
    const queryId = await send({ group: 'etl', user: 'alice', sql: LONG_SQL });
    const input = deactivate.schema.input.parse(ETL);
    const { content, fingerprint } = await deactivate.preview(
      runContext(input),
    );
    expect(content.warnings.join(' ')).toContain(
      'go silently to the default group adhoc (trino-adhoc)',
    );
    expect(content.warnings.join(' ')).toContain('2 users sent 2 queries');
    expect(content.changes).toContainEqual({
      label: 'Users of group etl whose new queries go to group adhoc',
      before: 0,
      after: 2,
      unit: 'count',
      estimated: true,
    });
    expect(content.samples?.rows.map(([user]) => user).sort()).toEqual([
      'alice',
      'bob',
    ]);
    expect(fingerprint).toMatchObject({ active: true, isLast: false });

    const context = runContext(input, { fingerprint });
    const running = deactivate.execute(context);
    await sleep(400);
    expect(await activeOf('trino-etl')).toBe(false);
    expect(context.lines.join('\n')).toContain(
      '2 of 2 queries are still there',
    );
    await kill(unread);
    await kill(queryId);
    const output = await running;
    expect(output).toMatchObject({ drained: true, remaining: 0 });
    expect(changed).toEqual(['gw', 'gw']);
    expect(await deactivate.verify({ ...context, output })).toMatchObject({
      outcome: 'verified',
      summary: expect.stringContaining('those that it had are done'),
    });
  });

  it('tells what is true of a run that was cancelled while it waited', async () => {
    const { deactivate } = await setUp();
    await send({ group: 'etl', user: 'alice', sql: LONG_SQL });
    const input = deactivate.schema.input.parse(ETL);
    const abort = new AbortController();
    const running = deactivate.execute(
      runContext(input, { signal: abort.signal }),
    );
    await sleep(300);
    abort.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow();
    expect(await activeOf('trino-etl')).toBe(false);
    expect(await deactivate.reconcile(runContext(input))).toEqual({
      state: 'partly-done',
      reason: expect.stringMatching(
        /is deactivated and gets no new queries; 1 queries run and 0 are queued there/,
      ),
    });
  });

  it('counts by the gateway where the Trino is none of ours, and believes no 0 at once', async () => {
    const { deactivate } = await setUp({ ours: false });
    const queryId = await send({ group: 'etl', user: 'alice', sql: LONG_SQL });
    await sleep(150);
    const input = deactivate.schema.input.parse(ETL);
    const { content } = await deactivate.preview(runContext(input));
    expect(content.warnings.join(' ')).toContain("the gateway's last look");
    expect(content.changes).toContainEqual({
      label: 'Queries running there',
      before: 1,
      unit: 'count',
    });
    const running = deactivate.execute(runContext(input));
    await sleep(200);
    await kill(queryId);
    const endedMs = performance.now();
    expect(await running).toMatchObject({ drained: true });
    expect(performance.now() - endedMs).toBeGreaterThanOrEqual(200);
  });

  it('does not call done what nobody can count', async () => {
    const { deactivate } = await setUp({ ours: false, monitorType: 'NOOP' });
    const input = deactivate.schema.input.parse({ ...ETL, waitMinutes: 0 });
    const { content } = await deactivate.preview(runContext(input));
    expect(content.warnings.join(' ')).toContain("can't be told");
    expect(content.changes.map(({ label }) => label)).not.toContain(
      'Queries running there',
    );
  });

  it('refuses the last backend of the default group, unless its name is typed', async () => {
    const { deactivate } = await setUp();
    const backend = 'trino-adhoc';
    const preview = (confirmLastBackend?: string) =>
      deactivate.preview(
        runContext(
          deactivate.schema.input.parse({
            connection: 'gw',
            backend,
            confirmLastBackend,
          }),
        ),
      );
    await expect(preview()).rejects.toThrow('is the last one');
    await expect(preview('trino-etl')).rejects.toThrow('is the last one');
    const { content, fingerprint } = await preview(backend);
    expect(content.warnings.join(' ')).toContain('fail until one comes back');
    expect(fingerprint).toMatchObject({ isLast: true });
  });

  it('refuses what is out already or is not there', async () => {
    const { deactivate, activate } = await setUp();
    const input = deactivate.schema.input.parse({ ...ETL, waitMinutes: 0 });
    await deactivate.execute(runContext(input));
    await expect(deactivate.preview(runContext(input))).rejects.toThrow(
      'deactivated already',
    );
    expect(await deactivate.reconcile(runContext(input))).toMatchObject({
      state: 'done',
    });
    const adhoc = activate.schema.input.parse({
      connection: 'gw',
      backend: 'trino-adhoc',
    });
    await expect(activate.preview(runContext(adhoc))).rejects.toThrow(
      'active already',
    );
    const nobody = deactivate.schema.input.parse({
      ...ETL,
      backend: 'nobody',
    });
    await expect(deactivate.preview(runContext(nobody))).rejects.toThrow(
      'It has: trino-adhoc, trino-etl.',
    );
    await expect(deactivate.execute(runContext(nobody))).rejects.toThrow(
      'nothing was changed',
    );
  });

  it('brings a backend back and waits until it is healthy', async () => {
    const { deactivate, activate } = await setUp();
    const out = deactivate.schema.input.parse({ ...ETL, waitMinutes: 0 });
    await deactivate.execute(runContext(out));
    await send({ group: 'etl', user: 'bob' });
    const input = activate.schema.input.parse(ETL);
    const { content, fingerprint } = await activate.preview(runContext(input));
    expect(content.changes).toContainEqual({
      label: 'Queries of group etl that ran elsewhere in the last hour',
      before: 1,
      unit: 'count',
    });
    const context = runContext(input, { fingerprint });
    const output = await activate.execute(context);
    expect(output).toEqual({ health: 'healthy' });
    expect(await activate.verify({ ...context, output })).toMatchObject({
      outcome: 'verified',
    });
  });

  it('tells that a backend is active but not well', async () => {
    const { deactivate, activate } = await setUp();
    const out = deactivate.schema.input.parse({ ...ETL, waitMinutes: 0 });
    await deactivate.execute(runContext(out));
    const etl = sandbox.world.backend('trino-etl');
    if (etl) etl.dead = true;
    await gateway.setActive('trino-etl', { active: true });
    await sandbox.monitorNow();
    const context = runContext(activate.schema.input.parse(ETL));
    expect(
      await activate.verify({ ...context, output: { health: 'unhealthy' } }),
    ).toMatchObject({
      outcome: 'not-verified',
      summary: expect.stringContaining('active but unhealthy'),
    });
  });

  it('may not without the role, and does not say who used a group', async () => {
    const { deactivate } = await setUp({
      users: { ops: { password: 'x', roles: ['USER'] } },
    });
    const input = deactivate.schema.input.parse(ETL);
    const target = deactivate.target(input);
    expect(target).toEqual({
      system: 'trino-gateway',
      connection: 'gw',
      kind: 'backend',
      name: 'trino-etl',
    });
    expect(
      await deactivate.preflight({
        target,
        signal: new AbortController().signal,
      }),
    ).toMatchObject({
      allowed: false,
      remedy: expect.stringContaining('API to activate'),
    });
    const { content } = await deactivate.preview(runContext(input));
    expect(content.warnings.join(' ')).toContain('only the queries of ops');
    expect(content.samples).toBeUndefined();
    await expect(deactivate.execute(runContext(input))).rejects.toMatchObject({
      name: 'ConnectionDeniedError',
    });
    expect(await deactivate.reconcile(runContext(input))).toMatchObject({
      state: 'not-done',
    });
  });
});
