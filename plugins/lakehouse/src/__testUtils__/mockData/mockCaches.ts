import type {
  CachePrefix,
  CachePrefixUse,
  CacheSample,
  CacheView,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockGap } from './mockConnections';
import { at, GIB, MIB, MINUTE_MS, seededRandom } from './mockTime';

const HOT_KEY = 'personal-api:summary:eu-west:2026-11';

function mockSeries(connection: string, now: number): CacheSample[] {
  const random = seededRandom(23);
  return Array.from({ length: 61 }, (_, index) => {
    const minute = 60 - index;
    const stampede = minute <= 18 && minute >= 14;
    const hits = Math.round(900 + 200 * Math.sin(minute / 8) + 60 * random());
    const misses = Math.round((stampede ? 620 : 70) + 20 * random());
    return {
      connection,
      sampledAt: at(now, minute * MINUTE_MS),
      memory: {
        usedBytes: Math.round(GIB * (2.9 + index * 0.012 + 0.05 * random())),
        peakBytes: Math.round(GIB * 3.8),
        maxBytes: 4 * GIB,
        fragmentationRatio: 1.24,
      },
      activity: {
        windowSeconds: 60,
        hits,
        misses,
        evictedKeys: minute < 12 ? Math.round(120 * random()) : 0,
        expiredKeys: stampede ? 940 : Math.round(30 * random()),
        commands: (hits + misses) * 12,
      },
      clients: { connected: 48, blocked: 0 },
      keys: { total: 412_300 + index * 40, withExpiry: 401_120 },
      latency: [
        { command: 'get', calls: 61_203, p50Us: 84, p99Us: 410, p999Us: 1_240 },
        { command: 'set', calls: 4_120, p50Us: 120, p99Us: 690 },
        { command: 'scan', calls: 12, p50Us: 2_100, p99Us: 9_800 },
      ],
    };
  });
}

function mockUse(
  now: number,
  shape: { hits: number; misses: number; stampedes: boolean },
): CachePrefixUse[] {
  const random = seededRandom(shape.hits);
  return Array.from({ length: 60 }, (_, index) => {
    const minute = 59 - index;
    const stampede = shape.stampedes && minute <= 18 && minute >= 14;
    const misses = Math.round(
      (stampede ? shape.hits * 0.7 : shape.misses) * (0.8 + 0.4 * random()),
    );
    return {
      at: at(now, minute * MINUTE_MS),
      windowSeconds: 60,
      hits: Math.round(shape.hits * (0.9 + 0.2 * random())),
      misses,
      writes: misses,
      deletes: 0,
      duplicateMisses: stampede ? Math.round(misses * 0.86) : 0,
      fillMs: { p50: 820, p99: 3_400 },
      instances: 4,
    };
  });
}

/** What is kept under a prefix, as applications and a scan tell it. */
export function mockCachePrefix(
  overrides: Partial<CachePrefix> = {},
  now = Date.now(),
): CachePrefix {
  const useSeries = mockUse(now, { hits: 520, misses: 18, stampedes: true });
  return {
    connection: 'sessions',
    prefix: 'personal-api:summary:',
    use: useSeries[useSeries.length - 1],
    useSeries,
    keyspace: {
      scannedAt: at(now, 4 * MINUTE_MS),
      sampledKeys: 5_000,
      complete: false,
      keys: 182_400,
      sizeBytes: 1_400 * MIB,
      withoutTtl: 2_100,
      ttl: [164_000, 9_200, 4_100, 3_000, 2_100],
    },
    ...overrides,
  };
}

/** A stampede that ended, with what it cost. */
export function mockStampede(
  overrides: Partial<Stampede> = {},
  now = Date.now(),
): Stampede {
  return {
    id: 'sessions-1',
    connection: 'sessions',
    prefix: 'personal-api:summary:',
    evidence: 'duplicate-misses',
    startedAt: at(now, 18 * MINUTE_MS),
    endedAt: at(now, 14 * MINUTE_MS),
    keys: [
      { key: HOT_KEY, concurrentMisses: 214 },
      { key: 'personal-api:summary:us-east:2026-11', concurrentMisses: 61 },
    ],
    duplicateMisses: 1_310,
    expiredKeys: 940,
    trino: {
      connection: 'analytics',
      source: 'personal-api',
      queries: 388,
      wallMs: 1_284_000,
      cpuMs: 9_120_000,
      usualQueries: 21,
    },
    ...overrides,
  };
}

/** A cache whose memory fills up and that had a stampede. */
export function mockCache(
  overrides: Partial<CacheView> = {},
  now = Date.now(),
): CacheView {
  const connection = overrides.connection ?? 'sessions';
  const series = mockSeries(connection, now);
  const commits = mockUse(now, { hits: 210, misses: 12, stampedes: false });
  const latest = series[series.length - 1];
  return {
    connection,
    title: 'Sessions cache',
    mode: 'cluster',
    observedAt: latest.sampledAt,
    staleAfterSeconds: 120,
    latest,
    series,
    nodes: [
      {
        id: '10.0.1.11:6379',
        role: 'primary',
        state: 'ok',
        version: '7.0.15',
        usedBytes: 1_310 * MIB,
        maxBytes: 1_365 * MIB,
        evictionPolicy: 'allkeys-lru',
        keys: 140_000,
        slots: 5_461,
        startedAt: at(now, 30 * 24 * 60 * MINUTE_MS),
      },
      {
        id: '10.0.1.12:6379',
        role: 'primary',
        state: 'ok',
        version: '7.0.15',
        usedBytes: 1_190 * MIB,
        maxBytes: 1_365 * MIB,
        evictionPolicy: 'allkeys-lru',
        keys: 136_200,
        slots: 5_462,
        startedAt: at(now, 30 * 24 * 60 * MINUTE_MS),
      },
      {
        id: '10.0.1.13:6379',
        role: 'primary',
        state: 'unreachable',
        slots: 5_461,
      },
    ],
    slowCommands: [
      {
        node: '10.0.1.11:6379',
        id: '812',
        at: at(now, 3 * MINUTE_MS),
        durationUs: 41_200,
        command: 'smembers',
        key: 'personal-api:repos:index',
        client: '10.0.4.21:51022',
      },
      {
        node: '10.0.1.12:6379',
        id: '67',
        at: at(now, 11 * MINUTE_MS),
        durationUs: 18_040,
        command: 'keys',
      },
    ],
    prefixes: [
      mockCachePrefix({ connection }, now),
      mockCachePrefix(
        {
          connection,
          prefix: 'personal-api:commits:',
          use: commits[commits.length - 1],
          useSeries: commits,
          keyspace: {
            scannedAt: at(now, 4 * MINUTE_MS),
            sampledKeys: 3_100,
            complete: true,
            keys: 3_100,
            sizeBytes: 88 * MIB,
            withoutTtl: 0,
            ttl: [120, 480, 2_100, 400, 0],
          },
        },
        now,
      ),
      mockCachePrefix(
        {
          connection,
          prefix: 'superset_data_',
          use: undefined,
          useSeries: [],
          keyspace: {
            scannedAt: at(now, 4 * MINUTE_MS),
            sampledKeys: 900,
            complete: true,
            keys: 900,
            withoutTtl: 740,
            ttl: [0, 0, 60, 100, 740],
          },
        },
        now,
      ),
    ],
    stampedes: [mockStampede({ connection }, now)],
    gaps: [
      mockGap({
        connection,
        subject: 'cache.config',
        code: 'forbidden',
        until: undefined,
        reason: 'NOPERM on CONFIG GET',
        remedy: 'allow +config|get to user lakehouse-ops',
      }),
    ],
    ...overrides,
  };
}
