import { Cluster, Redis } from 'ioredis';
import { startRedisSandbox } from '@lakehouse-ops/sandbox';
import { startRunbooks } from './__testUtils__/startRunbooks';

jest.setTimeout(120_000);

/** Set by `node stack/cli.mjs env`: then the suite runs on real servers as well. */
const { STACK_REDIS_URL: url, STACK_REDIS_CLUSTER_NODES: clusterNodes } =
  process.env;

interface Opened {
  readonly servers: { url: string } | { cluster: { nodes: string[] } };
  readonly client: Redis | Cluster;
  close(): Promise<void>;
}

/** Whatever speaks Redis' protocol. */
interface Target {
  readonly name: string;
  readonly primaries: number;
  open(): Promise<Opened>;
}

function openUrl(at: string, close: () => Promise<void>): Opened {
  const client = new Redis(at);
  return {
    servers: { url: at },
    client,
    close: async () => {
      client.disconnect();
      await close();
    },
  };
}

function openCluster(nodes: string[], close: () => Promise<void>): Opened {
  const client = new Cluster(
    nodes.map(node => {
      const [host, port] = node.split(':');
      return { host, port: Number(port) };
    }),
  );
  return {
    servers: { cluster: { nodes } },
    client,
    close: async () => {
      client.disconnect();
      await close();
    },
  };
}

const nothing = async () => {};

const targets: Target[] = [
  {
    name: 'the sandbox',
    primaries: 1,
    open: async () => {
      const sandbox = await startRedisSandbox({ port: 0 });
      return openUrl(sandbox.url, () => sandbox.close());
    },
  },
  {
    name: 'a cluster of the sandbox',
    primaries: 3,
    open: async () => {
      const sandbox = await startRedisSandbox({ port: 0, cluster: true });
      return openCluster([...sandbox.nodes], () => sandbox.close());
    },
  },
  ...(url
    ? [
        {
          name: 'a real Redis',
          primaries: 1,
          open: async () => openUrl(url, nothing),
        },
      ]
    : []),
  ...(clusterNodes
    ? [
        {
          name: 'a real Redis Cluster',
          primaries: 3,
          open: async () => openCluster(clusterNodes.split(','), nothing),
        },
      ]
    : []),
];

/** Keys that no one else has. */
const MINE = 'lakehouse-ops-test';

async function fill(
  client: Redis | Cluster,
  prefix: string,
  options: { keys: number; ttlSeconds?: number },
): Promise<void> {
  const { keys, ttlSeconds } = options;
  for (let at = 0; at < keys; at += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, keys - at) }, (_, index) => {
        const key = `${MINE}:${prefix}:${at + index}`;
        return ttlSeconds
          ? client.set(key, 'value', 'EX', ttlSeconds)
          : client.set(key, 'value');
      }),
    );
  }
}

/** What the API's error says. */
function told(message: RegExp) {
  return { cause: { message: expect.stringMatching(message) } };
}

describe.each(targets)('the Redis actions on $name', target => {
  let opened: Opened;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;

  beforeAll(async () => {
    opened = await target.open();
    runbooks = await startRunbooks({
      config: {
        lakehouse: {
          redis: { connections: [{ id: 'main', ...opened.servers }] },
        },
      },
    });
  });

  afterAll(async () => {
    await opened.close();
  });

  const run = async (runbookId: string, parameters: object) => {
    const preview = await runbooks.preview(runbookId, {
      connection: 'main',
      ...parameters,
    });
    const { id } = await runbooks.start(preview);
    return { preview, ...(await runbooks.ended(id)) };
  };

  it('flushes the keys of a pattern on every primary, and no others', async () => {
    await fill(opened.client, 'flush', { keys: 3_000 });
    await fill(opened.client, 'keep', { keys: 300 });
    const pattern = `${MINE}:flush:*`;
    const flushed = await run('redis:flush-keys', { pattern });
    expect(flushed.preview.content.changes[0]).toMatchObject({
      before: 3_000,
      after: 0,
    });
    const byNode = flushed.preview.content.changes.filter(({ label }) =>
      label.startsWith('of these on'),
    );
    expect(byNode).toHaveLength(target.primaries);
    expect(byNode.reduce((sum, { before }) => sum + Number(before), 0)).toBe(
      3_000,
    );
    expect(flushed.preview.content.samples?.rows[0]).toEqual([
      expect.stringContaining(`${MINE}:flush:`),
      'string',
      expect.stringMatching(/ B$/),
      'none',
      expect.stringMatching(/:\d+$/),
    ]);
    expect(flushed.run).toMatchObject({
      state: 'succeeded',
      output: { removed: 3_000, limited: false },
      verification: {
        outcome: 'verified',
        summary: '3,000 keys removed, none is left.',
      },
    });
    const again = await run('redis:flush-keys', { pattern });
    expect(again.preview.content.summary).toContain('nothing to remove');
    expect(again.run.output).toEqual({ removed: 0, limited: false });
    const kept = await run('redis:inspect-prefix', {
      pattern: `${MINE}:keep:*`,
    });
    expect(kept.run.output).toMatchObject({
      keys: 300,
      withoutTtl: expect.any(Number),
    });
    await run('redis:flush-keys', { pattern: `${MINE}:keep:*` });
  });

  it('removes no more than is allowed, and tells what is left', async () => {
    await fill(opened.client, 'capped', { keys: 1_000 });
    const pattern = `${MINE}:capped:*`;
    const capped = await run('redis:flush-keys', { pattern, maxKeys: 250 });
    expect(capped.preview.content.warnings.join()).toContain(
      'More keys match than may be removed at once (250)',
    );
    expect(capped.run).toMatchObject({
      state: 'succeeded',
      output: { removed: 250, limited: true },
    });
    const rest = await run('redis:flush-keys', { pattern });
    expect(rest.run.output).toEqual({ removed: 750, limited: false });
  });

  it('wants a pattern that can meet any key typed again', async () => {
    await expect(
      run('redis:flush-keys', { pattern: '*:capped:*' }),
    ).rejects.toMatchObject(told(/confirmPattern: .* begins with a wildcard/));
    await expect(
      run('redis:flush-keys', {
        pattern: '*:capped:*',
        confirmPattern: '*:capped*',
      }),
    ).rejects.toMatchObject(told(/Type the same pattern in both/));
  });

  it('spreads expiry within a window, and makes no life longer', async () => {
    await fill(opened.client, 'spread', { keys: 400 });
    await fill(opened.client, 'spread:soon', { keys: 100, ttlSeconds: 5 });
    const spread = await run('redis:expire-keys-with-jitter', {
      pattern: `${MINE}:spread:*`,
      windowSeconds: 300,
    });
    expect(spread.run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    const lives = await Promise.all(
      Array.from({ length: 400 }, (_, n) =>
        opened.client.pttl(`${MINE}:spread:${n}`),
      ),
    );
    expect(Math.max(...lives)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...lives)).toBeGreaterThanOrEqual(-2);
    // Spread, and not all at once: half of them in the first half of the window.
    const early = lives.filter(ms => ms < 150_000).length;
    expect(early).toBeGreaterThan(100);
    expect(early).toBeLessThan(300);
    const soon = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        opened.client.pttl(`${MINE}:spread:soon:${n}`),
      ),
    );
    expect(Math.max(...soon)).toBeLessThanOrEqual(5_000);
    await run('redis:flush-keys', { pattern: `${MINE}:spread:*` });
  });

  it('tells how many are gone when it is cancelled half-way', async () => {
    await fill(opened.client, 'cancel', { keys: 20_000 });
    const pattern = `${MINE}:cancel:*`;
    const preview = await runbooks.preview('redis:flush-keys', {
      connection: 'main',
      pattern,
    });
    const { id } = await runbooks.start(preview);
    await runbooks.until(id, (_run, lines) =>
      lines.some(line => line.startsWith('Going through')),
    );
    await runbooks.client.cancelRun(id);
    const { run: ended } = await runbooks.ended(id);
    const left = await runbooks.preview('redis:inspect-prefix', {
      connection: 'main',
      pattern,
    });
    const here = left.content.changes
      .filter(({ label }) => label.startsWith('Keys on'))
      .reduce((sum, { before }) => sum + Number(before), 0);
    const gone = 20_000 - here;
    // A quick server may have been done before the cancel came, or not have begun.
    const said =
      ended.state === 'succeeded' ? 'done' : ended.error?.alreadyDone;
    const partly = `It took effect in part: ${gone.toLocaleString(
      'en',
    )} keys are gone; the rest was not reached.`;
    const truth = gone > 0 ? partly : 'It did not take effect';
    expect(said).toContain(here === 0 ? 'done' : truth);
    expect(['succeeded', 'cancelled']).toContain(ended.state);
    await run('redis:flush-keys', { pattern });
  });
});

describe('the Redis actions when a primary fails over', () => {
  it('goes over all primaries again, and removes every key', async () => {
    const sandbox = await startRedisSandbox({ port: 0, cluster: true });
    const opened = openCluster([...sandbox.nodes], () => sandbox.close());
    await fill(opened.client, 'failover', { keys: 6_000 });
    const runbooks = await startRunbooks({
      config: {
        lakehouse: {
          redis: { connections: [{ id: 'main', ...opened.servers }] },
        },
      },
    });
    const preview = await runbooks.preview('redis:flush-keys', {
      connection: 'main',
      pattern: `${MINE}:failover:*`,
    });
    const { id } = await runbooks.start(preview);
    await runbooks.until(id, (_run, lines) =>
      lines.some(line => line.startsWith('Going through')),
    );
    await sandbox.failover(sandbox.nodes[1]);
    const { run, lines } = await runbooks.ended(id);
    expect({ run: run.state, error: run.error, lines }).toMatchObject({
      run: 'succeeded',
    });
    expect(run.verification).toMatchObject({
      outcome: 'verified',
      summary: expect.stringContaining('none is left'),
    });
    await opened.close();
  });
});
