import { collect, ofType } from '../trino/__testUtils__/collect';
import { fakeStore } from './__testUtils__/fakeStore';
import { openSandbox } from './__testUtils__/openSandbox';
import { KeyspaceCollector } from './KeyspaceCollector';
import type { KeyspaceConfig } from './RedisCollectorsConfig';

const CONFIG: KeyspaceConfig = {
  everyMs: 60_000,
  timeBudgetMs: 10_000,
  maxKeys: 100_000,
  memoryOneIn: 1,
};

describe('KeyspaceCollector', () => {
  let close: () => Promise<void>;

  afterEach(() => close());

  const open = async (
    options: Parameters<typeof openSandbox>[0] = {},
    config: Partial<KeyspaceConfig> = {},
  ) => {
    const opened = await openSandbox(options);
    close = () => opened.close();
    const { world } = opened.sandbox;
    for (let key = 0; key < 900; key += 1) {
      world.write(`api:commits:${key}`, 'x'.repeat(100), 300);
    }
    for (let key = 0; key < 100; key += 1) world.write(`session:${key}`, 'x');
    const collector = KeyspaceCollector.create({
      connection: opened.connection,
      store: fakeStore(),
      config: { ...CONFIG, ...config },
      now: Date.now,
    });
    const round = async () => {
      const observations = await collect(collector);
      const [scanned] = ofType(observations, 'CacheKeyspaceScanned');
      return {
        gaps: ofType(observations, 'GapOpened').map(({ gap }) => gap),
        closed: ofType(observations, 'GapClosed').length,
        prefixes: Object.fromEntries(
          (scanned?.prefixes ?? []).map(({ prefix, keyspace }) => [
            prefix,
            keyspace,
          ]),
        ),
      };
    };
    return { ...opened, round };
  };

  it.each([false, true])(
    'tells all keys by prefix (cluster: %s)',
    async cluster => {
      const { round } = await open({ cluster });
      const { prefixes, gaps } = await round();
      expect(gaps).toEqual([]);
      expect(prefixes).toEqual({
        'api:commits:': {
          scannedAt: expect.any(String),
          sampledKeys: 900,
          complete: true,
          keys: 900,
          sizeBytes: expect.any(Number),
          withoutTtl: 0,
          ttl: [0, 900, 0, 0, 0],
        },
        'session:': expect.objectContaining({
          keys: 100,
          withoutTtl: 100,
          ttl: [0, 0, 0, 0, 0],
        }),
      });
      expect(prefixes['api:commits:'].sizeBytes).toBeGreaterThan(900 * 100);
    },
  );

  it('goes on where it ended, tells estimates until then, and begins anew', async () => {
    const { round } = await open({}, { maxKeys: 200 });
    const rounds = [];
    for (let index = 0; index < 12; index += 1) {
      const { prefixes } = await round();
      rounds.push(prefixes['api:commits:']);
      if (rounds.at(-1)?.complete) break;
    }
    expect(rounds.length).toBeGreaterThan(2);
    expect(rounds.at(-1)).toMatchObject({ complete: true, keys: 900 });
    const sampled = rounds.map(({ sampledKeys }) => sampledKeys);
    expect(sampled).toEqual([...sampled].sort((a, b) => a - b));
    for (const { complete, keys } of rounds.slice(0, -1)) {
      expect(complete).toBe(false);
      expect(keys).toBeGreaterThan(700);
      expect(keys).toBeLessThan(1000);
    }
    expect((await round()).prefixes['api:commits:'].complete).toBe(false);
  });

  it('counts under the prefixes of config', async () => {
    const { round } = await open({ entry: { prefixes: ['api:'] } });
    expect(Object.keys((await round()).prefixes).sort()).toEqual([
      'api:',
      'session:',
    ]);
  });

  it('leaves sizes out where MEMORY USAGE is refused', async () => {
    const { sandbox, round } = await open();
    sandbox.setFaults({ refused: new Map([['memory|usage', 'noperm']]) });
    const { prefixes, gaps } = await round();
    expect(prefixes['api:commits:']).toMatchObject({ keys: 900 });
    expect(prefixes['api:commits:']).not.toHaveProperty('sizeBytes');
    expect(gaps).toEqual([
      expect.objectContaining({
        subject: 'cache.keyspace',
        code: 'forbidden',
        reason: expect.stringContaining('sizes are left out'),
        remedy: expect.stringContaining('+memory|usage'),
      }),
    ]);
  });

  it('tells a gap where SCAN is refused, and closes it', async () => {
    const { sandbox, round } = await open();
    sandbox.setFaults({ refused: new Map([['scan', 'noperm']]) });
    const refused = await round();
    expect(refused.prefixes).toEqual({});
    expect(refused.gaps).toEqual([
      expect.objectContaining({ code: 'forbidden' }),
    ]);
    sandbox.setFaults({});
    const again = await round();
    expect(again.closed).toBe(1);
    expect(again.prefixes['api:commits:'].keys).toBe(900);
  });

  it('begins anew after a failover', async () => {
    const { sandbox, connection, round } = await open(
      { cluster: true },
      { maxKeys: 150 },
    );
    await round();
    await sandbox.failover();
    await connection.topology({ refresh: true });
    const { prefixes } = await round();
    expect(prefixes['api:commits:'].complete).toBe(false);
    let last = prefixes;
    for (let index = 0; index < 15; index += 1) {
      if (last['api:commits:'].complete) break;
      last = (await round()).prefixes;
    }
    expect(last['api:commits:']).toMatchObject({ complete: true, keys: 900 });
  });
});
