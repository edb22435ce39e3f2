import { setTimeout as sleep } from 'node:timers/promises';
import type {
  RedisConnection,
  RedisInfo,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

const SECTIONS = ['server', 'stats', 'memory', 'keyspace', 'clients'];

export const cacheSampleSchema = z.object({
  nodes: z.number(),
  keys: z.number(),
  /** Absent when nothing was read while it was looked. */
  hitRatioPercent: z.number().optional(),
  readsPerSecond: z.number().optional(),
  commandsPerSecond: z.number().optional(),
  evictedPerSecond: z.number().optional(),
  expiredPerSecond: z.number().optional(),
  memoryUsedBytes: z.number().optional(),
  /** Absent without a limit. */
  memoryMaxBytes: z.number().optional(),
  memoryUsedPercent: z.number().optional(),
  /** Share of keys that expire by themselves. */
  keysWithTtlPercent: z.number().optional(),
  evictionPolicy: z.string().optional(),
  clients: z.number().optional(),
});

export type CacheSample = z.output<typeof cacheSampleSchema>;

const COUNTERS = [
  'keyspace_hits',
  'keyspace_misses',
  'total_commands_processed',
  'evicted_keys',
  'expired_keys',
] as const;

type Counter = (typeof COUNTERS)[number];

/**
 * Looks at all primaries of a cache twice, and tells what went on in between. A node
 * that was restarted meanwhile, so that its counters fell, tells nothing of that.
 */
export async function sampleCache(options: {
  connection: RedisConnection;
  seconds: number;
  signal: AbortSignal;
}): Promise<CacheSample> {
  const { connection, seconds, signal } = options;
  const nodes = await connection.primaries({ signal });
  const look = () =>
    Promise.all(nodes.map(node => connection.info(node, SECTIONS, { signal })));
  const before = await look();
  const beganMs = performance.now();
  await sleep(seconds * 1000, undefined, { signal });
  const after = await look();
  const tookSeconds = (performance.now() - beganMs) / 1000;
  const grown = (name: Counter) =>
    sum(
      after.map((info, index) => {
        const from = numberOf(before[index], name);
        const to = numberOf(info, name);
        return from === undefined || to === undefined || to < from
          ? undefined
          : to - from;
      }),
    );
  const rate = (name: Counter) => {
    const count = grown(name);
    return count === undefined ? undefined : round(count / tookSeconds);
  };
  const hits = grown('keyspace_hits');
  const misses = grown('keyspace_misses');
  const reads =
    hits === undefined || misses === undefined ? undefined : hits + misses;
  const used = sum(after.map(info => numberOf(info, 'used_memory')));
  const max = sum(after.map(info => numberOf(info, 'maxmemory')));
  const keyspaces = after.map(keyspaceOf);
  const keys = keyspaces.reduce((total, each) => total + each.keys, 0);
  const expires = keyspaces.reduce((total, each) => total + each.expires, 0);
  return {
    nodes: nodes.length,
    keys,
    hitRatioPercent:
      reads && hits !== undefined ? round((100 * hits) / reads) : undefined,
    readsPerSecond:
      reads === undefined ? undefined : round(reads / tookSeconds),
    commandsPerSecond: rate('total_commands_processed'),
    evictedPerSecond: rate('evicted_keys'),
    expiredPerSecond: rate('expired_keys'),
    memoryUsedBytes: used,
    // 0 says that there is no limit.
    memoryMaxBytes: max || undefined,
    memoryUsedPercent:
      max && used !== undefined ? round((100 * used) / max) : undefined,
    keysWithTtlPercent: keys ? round((100 * expires) / keys) : undefined,
    evictionPolicy: after.at(0)?.get('maxmemory_policy'),
    clients: sum(after.map(info => numberOf(info, 'connected_clients'))),
  };
}

function numberOf(info: RedisInfo, name: string): number | undefined {
  const value = Number(info.get(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** Unknown as soon as one part is: half a sum would pass for a whole one. */
function sum(parts: ReadonlyArray<number | undefined>): number | undefined {
  let total = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    total += part;
  }
  return total;
}

/** Lines such as `db0:keys=5,expires=2,avg_ttl=0`. */
function keyspaceOf(info: RedisInfo): { keys: number; expires: number } {
  const total = { keys: 0, expires: 0 };
  for (const [name, text] of info) {
    if (!/^db\d+$/.test(name)) continue;
    const of = (field: string) =>
      Number(new RegExp(`(?:^|,)${field}=(\\d+)`).exec(text)?.[1] ?? 0);
    total.keys += of('keys');
    total.expires += of('expires');
  }
  return total;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
