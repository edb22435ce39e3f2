import type { RedisTopologyState } from './RedisTopologyState';

/** The keys of all nodes, without the protocol before them. Only database 0. */
export class RedisWorld {
  readonly #topology: RedisTopologyState;
  readonly #now: () => number;

  constructor(options: { topology: RedisTopologyState; now: () => number }) {
    this.#topology = options.topology;
    this.#now = options.now;
  }

  get size(): number {
    return this.#databases().reduce((sum, { size }) => sum + size, 0);
  }

  /** Reads as a client does, so that hits and misses move. */
  read(key: string): string | undefined {
    const node = this.#topology.ownerOf(key);
    const stored = node.databases.get(0)?.get(key, this.#now());
    if (stored) node.counters.hits += 1;
    else node.counters.misses += 1;
    node.counters.commands += 1;
    node.latency.record('get', 1 + (key.length % 5));
    return stored?.value;
  }

  write(key: string, value: string, ttlSeconds?: number) {
    const node = this.#topology.ownerOf(key);
    node.databases.get(0)?.set(key, {
      value,
      expiresAtMs:
        ttlSeconds === undefined ? undefined : this.#now() + ttlSeconds * 1000,
    });
    node.counters.commands += 1;
    node.latency.record('set', 2 + (value.length % 7));
  }

  /** Milliseconds; undefined when the key is not there, Infinity when it never expires. */
  ttlMs(key: string): number | undefined {
    const nowMs = this.#now();
    const stored = this.#topology
      .ownerOf(key)
      .databases.get(0)
      ?.get(key, nowMs);
    return stored && (stored.expiresAtMs ?? Infinity) - nowMs;
  }

  keys(prefix = ''): string[] {
    return this.#databases().flatMap(database =>
      [...database.keys()].filter(key => key.startsWith(prefix)),
    );
  }

  /** Ends all keys under a prefix at one moment, as keys do that were written at one moment. */
  expireAtOnce(prefix: string): number {
    const keys = this.keys(prefix);
    const nowMs = this.#now();
    for (const key of keys) {
      const database = this.#topology.ownerOf(key).databases.get(0);
      const stored = database?.get(key, nowMs);
      if (stored) database?.set(key, { ...stored, expiresAtMs: nowMs });
    }
    return keys.length;
  }

  #databases() {
    return this.#topology.primaries.flatMap(node => {
      const database = node.databases.get(0);
      return database ? [database] : [];
    });
  }
}
