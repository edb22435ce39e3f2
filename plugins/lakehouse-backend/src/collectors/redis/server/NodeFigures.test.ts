import { readNodeFigures } from './NodeFigures';
import { readLatencystats } from './readLatencystats';
import { sumFigures } from './sumFigures';

const INFO = new Map(
  Object.entries({
    redis_version: '7.0.15',
    run_id: 'e0d2b8',
    uptime_in_seconds: '17',
    role: 'master',
    loading: '0',
    used_memory: '95761400',
    used_memory_peak: '138434200',
    maxmemory: '0',
    maxmemory_policy: 'noeviction',
    mem_fragmentation_ratio: '1.55',
    connected_clients: '1',
    blocked_clients: '0',
    keyspace_hits: '0',
    keyspace_misses: '12053',
    evicted_keys: '0',
    expired_keys: '0',
    total_commands_processed: '1359229',
    db0: 'keys=666865,expires=12,avg_ttl=0',
  }),
);
const without = (...fields: string[]) =>
  new Map([...INFO].filter(([field]) => !fields.includes(field)));

describe('readNodeFigures', () => {
  it('reads INFO', () => {
    expect(readNodeFigures(INFO, 0)).toEqual({
      runId: 'e0d2b8',
      uptimeSeconds: 17,
      version: '7.0.15',
      role: 'primary',
      state: 'ok',
      usedBytes: 95_761_400,
      peakBytes: 138_434_200,
      maxBytes: 0,
      evictionPolicy: 'noeviction',
      fragmentationRatio: 1.55,
      counters: {
        hits: 0,
        misses: 12_053,
        evictedKeys: 0,
        expiredKeys: 0,
        commands: 1_359_229,
      },
      connectedClients: 1,
      blockedClients: 0,
      keys: 666_865,
      withExpiry: 12,
    });
  });

  it('tells a database without keys from one that is not told', () => {
    expect(readNodeFigures(INFO, 1)).toMatchObject({ keys: 0, withExpiry: 0 });
    expect(readNodeFigures(without('used_memory'), 1).keys).toBeUndefined();
  });

  it('has no counters when one is missing or no number', () => {
    expect(
      readNodeFigures(without('expired_keys'), 0).counters,
    ).toBeUndefined();
    const odd = new Map([...INFO, ['keyspace_hits', '-1']]);
    expect(readNodeFigures(odd, 0).counters).toBeUndefined();
  });

  it.each([
    [{ loading: '1' }, 'loading'],
    [{ role: 'slave', master_link_status: 'down' }, 'link-down'],
  ])('says of %o that it is %s', (fields, state) => {
    const info = new Map([...INFO, ...Object.entries(fields)]);
    expect(readNodeFigures(info, 0).state).toBe(state);
  });
});

describe('sumFigures', () => {
  const figures = readNodeFigures(INFO, 0);

  it('sums primaries, and takes the worst fragmentation', () => {
    expect(
      sumFigures([
        { ...figures, maxBytes: 100 },
        { ...figures, maxBytes: 50, fragmentationRatio: 2 },
      ]),
    ).toEqual({
      memory: {
        usedBytes: 191_522_800,
        peakBytes: 276_868_400,
        maxBytes: 150,
        fragmentationRatio: 2,
      },
      clients: { connected: 2, blocked: 0 },
      keys: { total: 1_333_730, withExpiry: 24 },
    });
  });

  it('has no limit when one primary has none', () => {
    expect(
      sumFigures([{ ...figures, maxBytes: 100 }, figures]).memory?.maxBytes,
    ).toBeUndefined();
  });

  it('tells no sum that would be too small', () => {
    expect(sumFigures([figures, undefined])).toEqual({});
    expect(sumFigures([])).toEqual({});
  });
});

describe('readLatencystats', () => {
  it('takes of each command the worst primary', () => {
    const info = (p99: string, calls: number) =>
      new Map([
        ['latency_percentiles_usec_get', `p50=1.003,p99=${p99},p99.9=6.015`],
        ['cmdstat_get', `calls=${calls},usec=25,usec_per_call=1`],
        ['latency_percentiles_usec_odd', 'nonsense'],
      ]);
    expect(readLatencystats([info('3.007', 2), info('9.1', 3)])).toEqual([
      { command: 'get', calls: 5, p50Us: 1.003, p99Us: 9.1, p999Us: 6.015 },
    ]);
    expect(readLatencystats([new Map()])).toBeUndefined();
  });
});
