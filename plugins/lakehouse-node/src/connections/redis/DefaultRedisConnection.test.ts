import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
  type RedisSandbox,
  type RedisSandboxOptions,
  startRedisSandbox,
} from '@lakehouse-ops/sandbox';
import { eventually } from '../../testing/contract/eventually';
import {
  addressOf,
  createRedisTestConfig,
} from '../../testing/redis/createRedisTestConfig';
import { ConnectionUnavailableError } from '../shared/errors';
import type { RedisConnectionConfig } from './config';
import { DefaultRedisConnection } from './DefaultRedisConnection';
import { describeRedisError } from './describeRedisError';
import type { RedisOutcome } from './RedisReply';

describe('DefaultRedisConnection', () => {
  const closing: Array<() => Promise<void>> = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const connect = (
    sandbox: RedisSandbox,
    config: Partial<RedisConnectionConfig> = {},
  ) => {
    const nodes = sandbox.nodes.map(addressOf);
    const connection = DefaultRedisConnection.create({
      config: createRedisTestConfig({
        servers:
          nodes.length > 1
            ? { mode: 'cluster', nodes }
            : { mode: 'standalone', address: nodes[0] },
        ...config,
      }),
    });
    closing.push(() => connection.close());
    return connection;
  };

  const open = async (
    options: {
      cluster?: boolean;
      config?: Partial<RedisConnectionConfig>;
      users?: RedisSandboxOptions['users'];
    } = {},
  ) => {
    const sandbox = await startRedisSandbox({
      port: 0,
      cluster: options.cluster,
      users: options.users,
    });
    closing.push(() => sandbox.close());
    return { sandbox, connection: connect(sandbox, options.config) };
  };

  const errorOf = async (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => error,
    );

  it.each([
    [{ loading: true }, 'get', 'LOADING', /loading its data/],
    [{ readonly: true }, 'set', 'READONLY', /is a replica/],
    [{ outOfMemory: true }, 'set', 'OOM', /maxmemory/],
    [{ masterDown: true }, 'get', 'MASTERDOWN', /lost its primary/],
  ])('says what %o means', async (faults, command, state, reason) => {
    const { sandbox, connection } = await open();
    const [node] = await connection.primaries();
    sandbox.setFaults(faults);
    const args = command === 'set' ? ['k', 'v'] : ['k'];
    const error = await errorOf(connection.command(node, command, args));
    expect(error).toMatchObject({ name: 'RedisStateError', state });
    expect(describeRedisError(error)).toMatchObject({
      code: 'server-error',
      reason: expect.stringMatching(reason),
      remedy: expect.any(String),
    });
    // The server lives, and says so.
    expect(connection.status().available).toBe(true);
  });

  it('says that a cluster is down', async () => {
    const { sandbox, connection } = await open({ cluster: true });
    const [node] = await connection.primaries();
    sandbox.setFaults({ clusterDown: true });
    expect(await errorOf(connection.command(node, 'get', ['k']))).toMatchObject(
      { state: 'CLUSTERDOWN' },
    );
    expect(await connection.topology({ refresh: true })).toMatchObject({
      state: 'fail',
    });
  });

  it('says that something else answers at the port', async () => {
    const { sandbox, connection } = await open();
    sandbox.setFaults({ garbage: true });
    const error = await errorOf(connection.capabilities());
    expect(describeRedisError(error)).toMatchObject({
      code: 'bad-response',
      reason: expect.stringContaining("does not speak Redis' protocol"),
    });
  });

  it('gives up a server that does not answer, and fails at once for a moment', async () => {
    const { sandbox, connection } = await open({
      config: { commandTimeoutMs: 100, reconnectAfterMs: 60_000 },
    });
    const [node] = await connection.primaries();
    await connection.command(node, 'ping');
    sandbox.setFaults({ delayMs: 2000 });
    expect(await errorOf(connection.command(node, 'ping'))).toMatchObject({
      kind: 'timeout',
    });
    sandbox.setFaults({});
    expect(await errorOf(connection.command(node, 'ping'))).toMatchObject({
      kind: 'breaker-open',
      reason: expect.stringContaining('did not answer PING in 100 ms'),
    });
    expect(connection.status()).toMatchObject({ available: false });
  });

  it('comes back by itself when the server is back', async () => {
    const { sandbox, connection } = await open({
      config: { reconnectAfterMs: 20 },
    });
    const [node] = await connection.primaries();
    await connection.command(node, 'ping');
    sandbox.restart();
    await eventually('an answer', () =>
      connection.command(node, 'ping').then(
        reply => reply === 'PONG',
        () => false,
      ),
    );
    expect(connection.status().available).toBe(true);
  });

  it('takes a refusal for a sign that the server is back', async () => {
    const { sandbox, connection } = await open({
      config: { reconnectAfterMs: 1 },
    });
    const [node] = await connection.primaries();
    sandbox.setFaults({ drop: 'before' });
    await errorOf(connection.command(node, 'ping'));
    expect(connection.status().available).toBe(false);
    sandbox.setFaults({ loading: true });
    await eventually('an answer', async () => {
      const error = await errorOf(connection.command(node, 'get', ['k']));
      return error.state === 'LOADING';
    });
    expect(connection.status().available).toBe(true);
  });

  it('says that nothing listens', async () => {
    const { sandbox, connection } = await open();
    await sandbox.close();
    closing.splice(0, 1);
    const error = await errorOf(connection.capabilities());
    expect(error).toBeInstanceOf(ConnectionUnavailableError);
    expect(describeRedisError(error)).toMatchObject({
      code: 'unreachable',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('gives up a server that takes the connection and is silent', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    closing.push(async () => {
      silent.close();
    });
    await once(silent, 'listening');
    const address = silent.address();
    const connection = DefaultRedisConnection.create({
      config: createRedisTestConfig({
        servers: {
          mode: 'standalone',
          address: {
            host: '127.0.0.1',
            port: typeof address === 'object' && address ? address.port : 0,
          },
        },
        connectTimeoutMs: 100,
      }),
    });
    expect(await errorOf(connection.capabilities())).toMatchObject({
      kind: 'timeout',
    });
    await connection.close();
  });

  it('reads the password again at each connect', async () => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'redis-'));
    closing.push(() => rm(directory, { recursive: true }));
    const passwordFile = path.join(directory, 'password');
    await writeFile(passwordFile, 'old\n');
    const { connection } = await open({
      users: [
        { name: 'ops', password: 'new', rules: ['+@all', 'allkeys'] },
        { name: 'default', password: 'other', rules: ['+@all'] },
      ],
      config: { auth: { user: 'ops', passwordFile }, reconnectAfterMs: 1 },
    });
    const [node] = await connection.primaries();
    expect(await errorOf(connection.command(node, 'ping'))).toMatchObject({
      status: 401,
    });
    await writeFile(passwordFile, 'new\n');
    const user = await eventually('an answer', () =>
      connection.command(node, 'acl', ['whoami']).catch(() => false as const),
    );
    expect(user).toBe('ops');
  });

  it('says that a password is wanted', async () => {
    const { connection } = await open({
      users: [{ name: 'default', password: 'secret', rules: ['+@all'] }],
    });
    expect(await errorOf(connection.capabilities())).toMatchObject({
      status: 401,
      reason: expect.stringContaining('wants a password'),
    });
  });

  it('works in the database that is told, and never in another', async () => {
    const { connection } = await open({ config: { database: 3 } });
    const [node] = await connection.primaries();
    await connection.command(node, 'set', ['k', 'v']);
    expect((await connection.info(node, ['keyspace'])).get('db3')).toMatch(
      /keys=1/,
    );
    const wrong = await open({ config: { database: 99 } });
    const [other] = await wrong.connection.primaries();
    expect(
      await errorOf(wrong.connection.command(other, 'set', ['k', 'v'])),
    ).toMatchObject({ message: expect.stringContaining('out of range') });
  });

  it('finds what a managed Redis blocks', async () => {
    const { sandbox, connection } = await open();
    sandbox.setFaults({
      refused: new Map([
        ['config', 'unknown'],
        ['slowlog|get', 'noperm'],
        ['latency', 'unknown'],
      ]),
    });
    const { capabilities } = await connection.capabilities();
    expect(
      capabilities
        .filter(({ available }) => !available)
        .map(({ id, reason }) => [id, reason]),
    ).toEqual([
      ['config.read', expect.stringContaining('does not know CONFIG GET')],
      ['slowlog.read', expect.stringContaining('may not run SLOWLOG GET')],
      ['latency.read', expect.stringContaining('does not know LATENCY')],
    ]);
  });

  describe('for runs of actions', () => {
    const unlinks = ['a', 'b', 'c'].map(key => ({
      name: 'unlink',
      args: [key],
    }));
    const outcomesOf = (outcomes: readonly RedisOutcome[]) =>
      outcomes.map(({ outcome }) => outcome);

    it.each(['before', 'after'] as const)(
      'can’t tell what was done when the socket breaks %s the command, and sends nothing twice',
      async drop => {
        const { sandbox, connection } = await open();
        for (const { args } of unlinks) sandbox.world.write(args[0], 'x');
        await connection.withRunbookClients(async ({ clients: [client] }) => {
          sandbox.setFaults({ drop });
          expect(outcomesOf(await client.pipeline(unlinks))).toEqual([
            'unknown',
            'unknown',
            'unknown',
          ]);
          sandbox.setFaults({});
          // Long enough for a client that sends again by itself.
          await new Promise(resolve => {
            setTimeout(resolve, 300);
          });
          expect(sandbox.world.size).toBe(drop === 'before' ? 3 : 2);
          expect(client.usable).toBe(false);
          expect(outcomesOf(await client.pipeline(unlinks))).toEqual([
            'not-done',
            'not-done',
            'not-done',
          ]);
        });
        expect(sandbox.world.size).toBe(drop === 'before' ? 3 : 2);
      },
    );

    it('can’t tell what a command did that was answered too late', async () => {
      const { sandbox, connection } = await open();
      sandbox.world.write('a', 'x');
      await connection.withRunbookClients(async ({ clients: [client] }) => {
        sandbox.setFaults({ delayMs: 300 });
        const outcomes = await client.pipeline(unlinks.slice(0, 1), {
          timeoutMs: 50,
        });
        expect(outcomesOf(outcomes)).toEqual(['unknown']);
      });
    });

    it('tells a failover of a cluster', async () => {
      const { sandbox, connection } = await open({ cluster: true });
      await connection.withRunbookClients(
        async ({ clients, topology, currentTopology }) => {
          const { from, to } = await sandbox.failover();
          const now = await currentTopology();
          expect(now.fingerprint).not.toBe(topology.fingerprint);
          expect(now.epoch).toBeGreaterThan(topology.epoch ?? Infinity);
          expect(now.nodes.map(({ id }) => id)).toContain(to);
          const lost = clients.find(({ node }) => node.id === from);
          await eventually('the end', async () => lost?.usable === false);
        },
      );
      await connection.withRunbookClients(async ({ clients }) => {
        expect(clients).toHaveLength(3);
      });
    });

    it('opens none when one primary can’t be had', async () => {
      const { sandbox, connection } = await open({ cluster: true });
      await connection.primaries();
      sandbox.setFaults({ garbage: true }, sandbox.nodes[2]);
      const ran = jest.fn();
      expect(
        await errorOf(connection.withRunbookClients(async () => ran())),
      ).toMatchObject({ kind: 'bad-response' });
      expect(ran).not.toHaveBeenCalled();
    });
  });
});
