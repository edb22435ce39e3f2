import type { RedisInfo } from '@lakehouse-ops/plugin-lakehouse-node';

/** Counts of a node since its process started. */
export interface NodeCounters {
  readonly hits: number;
  readonly misses: number;
  readonly evictedKeys: number;
  readonly expiredKeys: number;
  readonly commands: number;
}

/** What INFO tells of one node. A figure that it does not tell is absent. */
export interface NodeFigures {
  /** Of the process: counters of another one can't be compared. */
  readonly runId?: string;
  readonly uptimeSeconds?: number;
  readonly version?: string;
  readonly role?: 'primary' | 'replica';
  /** ok, loading, or link-down for a replica that lost its primary. */
  readonly state: string;
  readonly usedBytes?: number;
  readonly peakBytes?: number;
  /** 0: no limit. */
  readonly maxBytes?: number;
  readonly evictionPolicy?: string;
  readonly fragmentationRatio?: number;
  readonly counters?: NodeCounters;
  readonly connectedClients?: number;
  readonly blockedClients?: number;
  readonly keys?: number;
  readonly withExpiry?: number;
}

/** Reads the fields of INFO. @param database - whose keys count */
export function readNodeFigures(
  info: RedisInfo,
  database: number,
): NodeFigures {
  const counters = {
    hits: count(info, 'keyspace_hits'),
    misses: count(info, 'keyspace_misses'),
    evictedKeys: count(info, 'evicted_keys'),
    expiredKeys: count(info, 'expired_keys'),
    commands: count(info, 'total_commands_processed'),
  };
  return {
    runId: info.get('run_id'),
    uptimeSeconds: count(info, 'uptime_in_seconds'),
    version: info.get('redis_version'),
    role: roleOf(info.get('role')),
    state: stateOf(info),
    usedBytes: count(info, 'used_memory'),
    peakBytes: count(info, 'used_memory_peak'),
    maxBytes: count(info, 'maxmemory'),
    evictionPolicy: info.get('maxmemory_policy'),
    fragmentationRatio: ratio(info.get('mem_fragmentation_ratio')),
    counters: isWhole(counters) ? counters : undefined,
    connectedClients: count(info, 'connected_clients'),
    blockedClients: count(info, 'blocked_clients'),
    ...keysOf(info, database),
  };
}

function roleOf(told: string | undefined): NodeFigures['role'] {
  if (!told) return undefined;
  return told === 'slave' ? 'replica' : 'primary';
}

function stateOf(info: RedisInfo): string {
  if (info.get('loading') === '1') return 'loading';
  return info.get('master_link_status') === 'down' ? 'link-down' : 'ok';
}

/** `db0:keys=5,expires=2,avg_ttl=0`; a database without keys has no line. */
function keysOf(info: RedisInfo, database: number) {
  // Without INFO's other sections the line's absence would say nothing.
  if (!info.has('used_memory')) return {};
  const line = info.get(`db${database}`);
  if (line === undefined) return { keys: 0, withExpiry: 0 };
  const fields = new Map(
    line.split(',').map(field => {
      const [name, value] = field.split('=');
      return [name, value] as const;
    }),
  );
  return { keys: count(fields, 'keys'), withExpiry: count(fields, 'expires') };
}

function count(
  fields: ReadonlyMap<string, string>,
  name: string,
): number | undefined {
  const text = fields.get(name);
  return text !== undefined && /^\d{1,15}$/.test(text)
    ? Number(text)
    : undefined;
}

function ratio(text: string | undefined): number | undefined {
  const number = Number(text ?? NaN);
  return Number.isFinite(number) ? number : undefined;
}

function isWhole(
  counters: Record<keyof NodeCounters, number | undefined>,
): counters is Record<keyof NodeCounters, number> {
  return Object.values(counters).every(value => value !== undefined);
}
