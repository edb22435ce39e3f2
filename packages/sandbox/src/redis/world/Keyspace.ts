import { bucketOf, nextCursor } from './scanCursor';

/** What a key holds; texts are bytes, one a character. */
export interface StoredValue {
  readonly value: string;
  /** Milliseconds since 1970; absent: never. */
  readonly expiresAtMs?: number;
}

const SMALLEST_TABLE = 4;
/** Of a key in the main dictionary, its object and its string; near what a 64-bit server takes. */
const KEY_OVERHEAD_BYTES = 56;
const SWEEP_KEYS = 5000;

/**
 * One database: keys in a hash table whose size is a power of two, so that SCAN goes
 * through it as in Redis: a key that is there all the time is told at least once,
 * one that comes or goes may be told or not.
 */
export class Keyspace {
  readonly #values = new Map<string, StoredValue>();
  readonly #expiring = new Set<string>();
  readonly #onExpire: (count: number) => void;
  #buckets: string[][] = emptyTable(SMALLEST_TABLE);
  #bytes = 0;

  constructor(options: { onExpire: (count: number) => void }) {
    this.#onExpire = options.onExpire;
  }

  get size(): number {
    return this.#values.size;
  }

  get expiring(): number {
    return this.#expiring.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string, nowMs: number): StoredValue | undefined {
    const stored = this.#values.get(key);
    if (stored?.expiresAtMs !== undefined && stored.expiresAtMs <= nowMs) {
      this.delete(key);
      this.#onExpire(1);
      return undefined;
    }
    return stored;
  }

  set(key: string, stored: StoredValue) {
    const old = this.#values.get(key);
    if (old) this.#bytes -= sizeOf(key, old);
    else this.#link(key);
    this.#bytes += sizeOf(key, stored);
    this.#values.set(key, stored);
    if (stored.expiresAtMs === undefined) this.#expiring.delete(key);
    else this.#expiring.add(key);
  }

  delete(key: string): boolean {
    const old = this.#values.get(key);
    if (!old) return false;
    this.#bytes -= sizeOf(key, old);
    this.#values.delete(key);
    this.#expiring.delete(key);
    const bucket = this.#bucketOf(key);
    bucket.splice(bucket.indexOf(key), 1);
    if (
      this.#buckets.length > SMALLEST_TABLE &&
      this.#values.size * 10 < this.#buckets.length
    ) {
      this.#resize(this.#buckets.length / 2);
    }
    return true;
  }

  clear() {
    this.#values.clear();
    this.#expiring.clear();
    this.#buckets = emptyTable(SMALLEST_TABLE);
    this.#bytes = 0;
  }

  /** One step of SCAN: about `count` keys, and the cursor of the next step; 0 at the end. */
  scan(cursor: number, count: number): { cursor: number; keys: string[] } {
    const keys: string[] = [];
    const mask = this.#buckets.length - 1;
    let at = cursor;
    for (let left = count * 10; left > 0; left -= 1) {
      keys.push(...this.#buckets[(at & mask) >>> 0]);
      at = nextCursor(at, mask);
      if (at === 0 || keys.length >= count) break;
    }
    return { cursor: at, keys };
  }

  /** Removes keys whose time is over, as the server does by itself. */
  sweep(nowMs: number) {
    let left = SWEEP_KEYS;
    let expired = 0;
    for (const key of this.#expiring) {
      const { expiresAtMs = Infinity } = this.#values.get(key) ?? {};
      if (expiresAtMs <= nowMs) {
        this.delete(key);
        expired += 1;
      }
      left -= 1;
      if (left === 0) break;
    }
    if (expired) this.#onExpire(expired);
  }

  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  memoryOf(key: string, nowMs: number): number | undefined {
    const stored = this.get(key, nowMs);
    return stored && sizeOf(key, stored);
  }

  averageTtlMs(nowMs: number): number {
    if (!this.#expiring.size) return 0;
    let sum = 0;
    for (const key of this.#expiring) {
      sum += (this.#values.get(key)?.expiresAtMs ?? nowMs) - nowMs;
    }
    return Math.max(0, Math.round(sum / this.#expiring.size));
  }

  #link(key: string) {
    if (this.#values.size >= this.#buckets.length) {
      this.#resize(this.#buckets.length * 2);
    }
    this.#bucketOf(key).push(key);
  }

  #bucketOf(key: string): string[] {
    return this.#buckets[bucketOf(key, this.#buckets.length - 1)];
  }

  #resize(size: number) {
    const keys = this.#buckets.flat();
    this.#buckets = emptyTable(size);
    for (const key of keys) this.#bucketOf(key).push(key);
  }
}

function emptyTable(size: number): string[][] {
  return Array.from({ length: size }, () => []);
}

function sizeOf(key: string, { value, expiresAtMs }: StoredValue): number {
  const own = key.length + value.length + KEY_OVERHEAD_BYTES;
  return Math.ceil(own / 8) * 8 + (expiresAtMs === undefined ? 0 : 24);
}
