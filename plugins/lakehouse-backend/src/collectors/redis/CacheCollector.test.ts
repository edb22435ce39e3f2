import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../../observations/Observation';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { fakeStore } from './__testUtils__/fakeStore';
import { openSandbox } from './__testUtils__/openSandbox';
import { CacheCollector } from './CacheCollector';

const AT = Date.parse('2026-11-21T10:00:00Z');

describe('CacheCollector', () => {
  let close: () => Promise<void>;

  afterEach(() => close());

  const open = async (
    options: Parameters<typeof openSandbox>[0] = {},
    store = fakeStore(),
  ) => {
    const opened = await openSandbox(options);
    close = () => opened.close();
    let nowMs = AT;
    const collector = CacheCollector.create({
      connection: opened.connection,
      store,
      now: () => nowMs,
    });
    const round = async () => {
      nowMs += 10_000;
      return collect(collector);
    };
    /** Rounds until one tells what is awaited: a client needs a moment to see that a socket has ended. */
    const roundsUntil = async (isDone: (round: Observation[]) => boolean) => {
      const all: Observation[] = [];
      for (let tries = 0; tries < 100; tries += 1) {
        const last = await round();
        all.push(...last);
        if (isDone(last)) return { all, last };
        await sleep(30);
      }
      throw new Error('What was awaited did not come.');
    };
    return { ...opened, round, roundsUntil };
  };
  const sampleOf = (observations: Observation[]) =>
    ofType(observations, 'CacheSampled')[0]?.sample;
  const gapsOf = (observations: Observation[]) =>
    ofType(observations, 'GapOpened').map(({ gap }) => [gap.subject, gap.code]);

  it('samples all primaries of a cluster', async () => {
    const { sandbox, round } = await open({ cluster: true });
    for (let key = 0; key < 60; key += 1) {
      sandbox.world.write(`k:${key}`, 'x', key % 2 ? 600 : undefined);
    }
    const first = await round();
    expect(gapsOf(first)).toEqual([]);
    expect(sampleOf(first)).toMatchObject({
      connection: 'cache',
      keys: { total: 60, withExpiry: 30 },
      memory: {
        usedBytes: expect.any(Number),
        maxBytes: 3 * 256 * 1024 * 1024,
        fragmentationRatio: 1.2,
      },
    });
    expect(sampleOf(first).activity).toBeUndefined();
    expect(sampleOf(first).latency).toBeUndefined();
    const [{ nodes }] = ofType(first, 'CacheSampled');
    expect(nodes?.map(({ id }) => id).sort()).toEqual(
      [...sandbox.nodes].sort(),
    );
    expect(nodes?.reduce((sum, node) => sum + (node.slots ?? 0), 0)).toBe(
      16_384,
    );

    for (let key = 0; key < 80; key += 1) sandbox.world.read(`k:${key}`);
    const second = sampleOf(await round());
    expect(second.activity).toMatchObject({
      windowSeconds: 10,
      hits: 60,
      misses: 20,
      evictedKeys: 0,
    });
    expect(second.latency?.find(({ command }) => command === 'get')).toEqual({
      command: 'get',
      calls: 80,
      p50Us: expect.any(Number),
      p99Us: expect.any(Number),
      p999Us: expect.any(Number),
    });
  });

  it('tells a restart, and no figure that would be wrong after it', async () => {
    const { sandbox, round, roundsUntil } = await open();
    for (let read = 0; read < 100; read += 1) sandbox.world.read('absent');
    await round();
    await round();
    sandbox.restart();
    const { all, last } = await roundsUntil(told =>
      told.some(({ type }) => type === 'CacheSampled'),
    );
    expect(sampleOf(last)).toMatchObject({ memory: expect.anything() });
    expect(sampleOf(last)).not.toHaveProperty('activity');
    expect(sampleOf(last)).not.toHaveProperty('latency');
    expect(
      ofType(all, 'TimelineObserved').map(({ event }) => event.kind),
    ).toEqual(['restart']);
    expect(sampleOf(await round()).activity?.misses).toBe(0);
  });

  it('says which node is missing, sums nothing without it, and mends it', async () => {
    const { sandbox, round } = await open({ cluster: true });
    await round();
    await round();
    const [, node] = sandbox.nodes;
    sandbox.setFaults({ refused: new Map([['info', 'noperm']]) }, node);
    const without = await round();
    expect(gapsOf(without)).toEqual([[`node:${node}`, 'forbidden']]);
    const sample = sampleOf(without);
    expect(sample).not.toHaveProperty('memory');
    expect(sample).not.toHaveProperty('keys');
    expect(sample).not.toHaveProperty('activity');
    expect(
      ofType(without, 'CacheSampled')[0].nodes?.find(({ id }) => id === node),
    ).toMatchObject({ state: 'unreachable', usedBytes: undefined });
    sandbox.setFaults({});
    const mended = await round();
    expect(ofType(mended, 'GapClosed').map(({ subject }) => subject)).toEqual([
      `node:${node}`,
    ]);
    expect(sampleOf(mended).keys?.total).toBe(0);
  });

  it('has a gap for just what a managed Redis blocks', async () => {
    const { sandbox, round } = await open();
    sandbox.world.read('a');
    sandbox.setFaults({
      refused: new Map([
        ['config', 'unknown'],
        ['slowlog', 'unknown'],
        ['latency|histogram', 'noperm'],
      ]),
    });
    await round();
    const observations = await round();
    expect(gapsOf(observations)).toEqual([
      ['cache.slowlog', 'not-found'],
      ['cache.latency', 'forbidden'],
      ['cache.config', 'not-found'],
    ]);
    const [latency] = ofType(observations, 'GapOpened').filter(
      ({ gap }) => gap.subject === 'cache.latency',
    );
    expect(latency.gap.reason).toContain('INFO latencystats');
    expect(latency.gap.remedy).toContain('+latency|histogram');
    expect(sampleOf(observations)).toMatchObject({
      memory: expect.anything(),
      activity: expect.anything(),
      latency: expect.arrayContaining([
        expect.objectContaining({ command: 'get', calls: 1 }),
      ]),
    });
    expect(
      ofType(observations, 'CacheSampled')[0].slowCommands,
    ).toBeUndefined();
  });

  it('shows slow commands without their values', async () => {
    const { sandbox, connection, round } = await open();
    const [node] = await connection.primaries();
    await connection.command(node, 'config', [
      'set',
      'slowlog-log-slower-than',
      '0',
    ]);
    await connection.command(node, 'set', ['k:1', 'secret']);
    const [{ slowCommands }] = ofType(await round(), 'CacheSampled');
    expect(slowCommands).toContainEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-\d+$/),
      node: sandbox.nodes[0],
      at: expect.any(String),
      durationUs: expect.any(Number),
      command: 'SET',
      key: 'k:1',
      client: expect.any(String),
    });
    expect(JSON.stringify(slowCommands)).not.toContain('secret');
  });

  it('tells a failover, and sums again when there is a window', async () => {
    const { sandbox, round, roundsUntil } = await open({ cluster: true });
    await round();
    const { from, to } = await sandbox.failover();
    const { all } = await roundsUntil(
      told => ofType(told, 'TimelineObserved').length > 0,
    );
    expect(ofType(all, 'TimelineObserved').map(({ event }) => event)).toEqual([
      expect.objectContaining({
        kind: 'failover',
        severity: 'critical',
        title: `Redis ${to} took over from ${from}`,
      }),
    ]);
    expect(sampleOf(await round()).activity).toBeDefined();
  });

  it('tells only that the cache is gone while none answers', async () => {
    const { sandbox, round, roundsUntil } = await open();
    await round();
    sandbox.setFaults({ drop: 'before' });
    const down = await round();
    expect(down.map(({ type }) => type)).toEqual(['GapOpened']);
    expect(gapsOf(down)).toEqual([['cache', 'unreachable']]);
    sandbox.setFaults({});
    const { last: back } = await roundsUntil(told =>
      told.some(({ type }) => type === 'CacheSampled'),
    );
    expect(ofType(back, 'GapClosed').map(({ subject }) => subject)).toEqual([
      'cache',
    ]);
  });

  it('closes gaps that stood open when it started', async () => {
    const gap = (subject: 'node:gone:1' | 'queries') => ({
      connection: 'cache',
      subject,
      since: '2026-11-21T09:00:00Z',
      code: 'timeout' as const,
      reason: 'x',
      remedy: 'y',
    });
    const { round } = await open(
      {},
      fakeStore({ gaps: [gap('node:gone:1'), gap('queries')] }),
    );
    expect(ofType(await round(), 'GapClosed')).toEqual([
      expect.objectContaining({ subject: 'node:gone:1' }),
    ]);
  });
});
