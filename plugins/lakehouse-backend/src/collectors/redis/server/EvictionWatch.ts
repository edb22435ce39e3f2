import type { TimelineEvent } from '@lakehouse-ops/plugin-lakehouse-common';

/** Evictions that pause for less are one. */
const QUIET_MS = 60_000;

/** Tells when a cache began to evict keys, and when it ended. */
export class EvictionWatch {
  readonly #connection: string;
  #event: TimelineEvent | undefined;
  #lastEvictionMs = 0;

  static create(connection: string): EvictionWatch {
    return new EvictionWatch(connection);
  }

  private constructor(connection: string) {
    this.#connection = connection;
  }

  /** @param evictedKeys - since the last look; absent: not known */
  observe(options: {
    evictedKeys: number | undefined;
    atMs: number;
  }): TimelineEvent[] {
    const { evictedKeys, atMs } = options;
    if (evictedKeys === undefined) return [];
    if (evictedKeys > 0) {
      this.#lastEvictionMs = atMs;
      if (this.#event) return [];
      const at = new Date(atMs).toISOString();
      this.#event = {
        id: `${this.#connection}:eviction:${at}`,
        connection: this.#connection,
        kind: 'eviction',
        at,
        severity: 'warning',
        title:
          'The cache is full and evicts keys before their time to live is over',
      };
      return [this.#event];
    }
    if (!this.#event || atMs - this.#lastEvictionMs < QUIET_MS) return [];
    const ended = {
      ...this.#event,
      until: new Date(this.#lastEvictionMs).toISOString(),
    };
    this.#event = undefined;
    return [ended];
  }
}
