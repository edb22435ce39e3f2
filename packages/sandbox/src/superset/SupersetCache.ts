import { createHash } from 'node:crypto';

interface Entry {
  readonly madeMs: number;
  readonly expiresMs: number;
}

/** The cache of query results, and the table of its keys that invalidation goes by. */
export class SupersetCache {
  readonly #entries = new Map<string, Entry>();
  #keys: Array<{ key: string; datasetUid: string }> = [];
  /** CACHE_CONFIG and DATA_CACHE_CONFIG have prefixes of their own: invalidation misses. */
  split = false;
  /** STORE_CACHE_KEYS_IN_METADATA_DB. */
  storesKeys = true;

  static create() {
    return new SupersetCache();
  }

  keyOf(query: unknown): string {
    return createHash('sha256').update(JSON.stringify(query)).digest('hex');
  }

  get(key: string, nowMs: number): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresMs > nowMs ? entry : undefined;
  }

  set(
    key: string,
    options: { datasetUid: string; nowMs: number; keepSeconds: number },
  ) {
    const { nowMs, keepSeconds } = options;
    this.#entries.set(key, {
      madeMs: nowMs,
      expiresMs: nowMs + keepSeconds * 1000,
    });
    if (this.storesKeys) {
      this.#keys.push({ key, datasetUid: options.datasetUid });
    }
  }

  /** Forgets all keys, but stops to delete at the first one that is gone: Flask-Caching's `delete_many` does. */
  invalidate(datasetUids: readonly string[], nowMs: number) {
    const listed = this.#keys.filter(row =>
      datasetUids.includes(row.datasetUid),
    );
    for (const { key } of this.split ? [] : listed) {
      if (!this.get(key, nowMs)) break;
      this.#entries.delete(key);
    }
    this.#keys = this.#keys.filter(row => !listed.includes(row));
  }
}
