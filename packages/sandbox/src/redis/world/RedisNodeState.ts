import { createHash } from 'node:crypto';
import type { RedisFaults } from './RedisFaults';
import { noFaults } from './RedisFaults';
import { Keyspace } from './Keyspace';
import { LatencyTracker } from './LatencyTracker';

export const DATABASES = 16;
const SLOWLOG_MAX = 128;

export interface SlowlogEntry {
  readonly id: number;
  readonly atSeconds: number;
  readonly tookUs: number;
  readonly words: readonly string[];
  readonly client: string;
  readonly name: string;
}

/** Figures that a server counts since it started. */
export interface NodeCounters {
  hits: number;
  misses: number;
  expired: number;
  evicted: number;
  commands: number;
  connections: number;
}

/** One server: its keys, figures, settings and what goes wrong on it. */
export class RedisNodeState {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly nodeId: string;
  readonly runId: string;
  readonly startedAtMs: number;
  readonly databases: ReadonlyMap<number, Keyspace>;
  readonly latency = new LatencyTracker();
  readonly faults: RedisFaults = noFaults();
  readonly config = new Map([
    ['maxmemory', String(256 * 1024 * 1024)],
    ['maxmemory-policy', 'allkeys-lru'],
    ['slowlog-log-slower-than', '10000'],
    ['slowlog-max-len', String(SLOWLOG_MAX)],
    ['latency-tracking', 'yes'],
    ['save', ''],
    ['appendonly', 'no'],
  ]);
  readonly counters: NodeCounters;
  readonly errors = new Map<string, number>();
  slowlog: SlowlogEntry[] = [];
  clients = 0;
  peakBytes = 0;
  #slowlogIds = 0;

  /** @param from - takes over its keys, as a replica that is made a primary does */
  constructor(options: {
    host: string;
    port: number;
    nowMs: number;
    salt: string;
    from?: RedisNodeState;
  }) {
    this.host = options.host;
    this.port = options.port;
    this.id = `${options.host}:${options.port}`;
    // A cluster knows a node again after a restart: its name is kept on disk.
    this.nodeId =
      options.from?.id === this.id
        ? options.from.nodeId
        : digest(`node ${this.id} ${options.salt}`);
    this.runId = digest(`run ${this.id} ${options.nowMs} ${options.salt}`);
    this.startedAtMs = options.nowMs;
    this.counters = {
      hits: 0,
      misses: 0,
      expired: 0,
      evicted: 0,
      commands: 0,
      connections: 0,
    };
    this.databases = new Map(
      Array.from({ length: DATABASES }, (_, index) => [
        index,
        new Keyspace({
          onExpire: count => {
            this.counters.expired += count;
          },
        }),
      ]),
    );
    if (options.from) this.#takeOver(options.from, options.nowMs);
  }

  get usedBytes(): number {
    let used = 1_600_000;
    for (const keyspace of this.databases.values()) used += keyspace.bytes;
    this.peakBytes = Math.max(this.peakBytes, used);
    return used;
  }

  get maxBytes(): number {
    return Number(this.config.get('maxmemory'));
  }

  sweep(nowMs: number) {
    for (const keyspace of this.databases.values()) keyspace.sweep(nowMs);
  }

  countError(code: string) {
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
  }

  logSlow(entry: Omit<SlowlogEntry, 'id'>) {
    const threshold = Number(this.config.get('slowlog-log-slower-than'));
    if (threshold < 0 || entry.tookUs < threshold) return;
    this.slowlog.unshift({ ...entry, id: this.#slowlogIds });
    this.#slowlogIds += 1;
    this.slowlog.length = Math.min(
      this.slowlog.length,
      Number(this.config.get('slowlog-max-len')),
    );
  }

  #takeOver(from: RedisNodeState, nowMs: number) {
    for (const [name, value] of from.config) this.config.set(name, value);
    for (const [index, keyspace] of from.databases) {
      for (const key of keyspace.keys()) {
        const stored = keyspace.get(key, nowMs);
        if (stored) this.databases.get(index)?.set(key, stored);
      }
    }
  }
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
