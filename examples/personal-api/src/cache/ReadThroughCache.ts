import type { CacheSwitches } from '../settings/CacheSwitches';
import { parseCacheEntry, type CacheEntry } from './CacheEntry';
import type { RedisCache } from './RedisCache';
import { shouldRefreshEarly } from './shouldRefreshEarly';

/** What a request wants from the cache. */
export interface CacheRequest {
  readonly key: string;
  /** Makes the value when it is not there. */
  readonly load: () => Promise<unknown>;
  /** Asked when a value was made. */
  readonly ttlMs: () => Promise<number>;
}

/** A value and how it was come by. */
export interface CacheAnswer {
  readonly value: unknown;
  /** `shared` with someone who asked at the same time. */
  readonly outcome: 'hit' | 'miss' | 'shared';
}

/**
 * Answers from Redis, or loads and stores. Without coalescing, and without
 * early expiration, all who ask for a key that has just expired load it: a
 * stampede. Redis being away costs loads, never an answer.
 */
export class ReadThroughCache {
  readonly #redis: Pick<RedisCache, 'get' | 'set'>;
  readonly #switches: CacheSwitches;
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #answering = new Map<string, Promise<CacheAnswer>>();
  readonly #refreshing = new Set<string>();

  static create(options: {
    redis: Pick<RedisCache, 'get' | 'set'>;
    switches: CacheSwitches;
    /** Told what went wrong where nobody waits for it. */
    onError: (error: unknown) => void;
    now?: () => number;
    random?: () => number;
  }): ReadThroughCache {
    return new ReadThroughCache(options);
  }

  private constructor(options: Parameters<typeof ReadThroughCache.create>[0]) {
    this.#redis = options.redis;
    this.#switches = options.switches;
    this.#onError = options.onError;
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  async get(request: CacheRequest): Promise<CacheAnswer> {
    if (!this.#switches.now.coalescing) return this.#answer(request);
    const { key } = request;
    const shared = this.#answering.get(key);
    if (shared) return { ...(await shared), outcome: 'shared' };
    const answer = this.#answer(request);
    this.#answering.set(key, answer);
    try {
      return await answer;
    } finally {
      this.#answering.delete(key);
    }
  }

  async #answer(request: CacheRequest): Promise<CacheAnswer> {
    const entry = await this.#read(request.key);
    if (!entry) return { value: await this.#fill(request), outcome: 'miss' };
    if (
      this.#switches.now.earlyExpiration &&
      shouldRefreshEarly({
        ...entry,
        nowMs: this.#now(),
        random: this.#random(),
      })
    ) {
      this.#refresh(request);
    }
    return { value: entry.value, outcome: 'hit' };
  }

  /** Nobody waits for it: who came has the value that still stands. */
  #refresh(request: CacheRequest) {
    const { key } = request;
    if (this.#refreshing.has(key)) return;
    this.#refreshing.add(key);
    this.#fill(request)
      .catch(this.#onError)
      .finally(() => this.#refreshing.delete(key));
  }

  async #read(key: string): Promise<CacheEntry | undefined> {
    try {
      const text = await this.#redis.get(key);
      return text === null ? undefined : parseCacheEntry(text);
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }

  async #fill({ key, load, ttlMs }: CacheRequest): Promise<unknown> {
    const startedAt = this.#now();
    const value = await load();
    const fillMs = this.#now() - startedAt;
    try {
      const ttl = Math.round(await ttlMs());
      const entry: CacheEntry = {
        value,
        fillMs,
        expiresAtMs: this.#now() + ttl,
      };
      await this.#redis.set(key, JSON.stringify(entry), 'PX', ttl);
    } catch (error) {
      this.#onError(error);
    }
    return value;
  }
}
