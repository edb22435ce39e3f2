import type Redis from 'ioredis';

const KEYS = 5_000;
const PREFIXES = 20;
const READERS = 64;
const TTL_MS = 600_000;
/** Of the reads, one in so many finds nothing and is followed by a write. */
const MISS_EVERY = 20;

/** What an endpoint keeps: about 3 KiB of JSON. */
const VALUE = JSON.stringify({
  commits: Array.from({ length: 40 }, (_, index) => ({
    id: 5_459_488 + index,
    repo: 17 + index,
    author: `Clerk#${String(index).padStart(9, '0')}`,
    day: '2026-11-21',
    size: 1_024.5 * index,
  })),
});

/**
 * A cache as applications use it: many readers at once, each of which parses
 * what it finds and writes what it does not.
 */
export class CacheLoad {
  static #missed = 0;
  readonly #redis: Redis;

  static async create(redis: Redis): Promise<CacheLoad> {
    const load = new CacheLoad(redis);
    const pipeline = redis.pipeline();
    for (let key = 0; key < KEYS; key += 1) {
      pipeline.set(keyOf(key), VALUE, 'PX', TTL_MS);
    }
    await pipeline.exec();
    return load;
  }

  private constructor(redis: Redis) {
    this.#redis = redis;
  }

  get valueBytes(): number {
    return VALUE.length;
  }

  /** @returns reads a second */
  async run(reads: number): Promise<number> {
    let next = 0;
    const read = async () => {
      while (next < reads) {
        const index = next;
        next += 1;
        if (index % MISS_EVERY === 0) await this.#miss();
        else await this.#hit(keyOf(index % KEYS));
      }
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: READERS }, read));
    return (reads / (performance.now() - startedAt)) * 1_000;
  }

  async #hit(key: string) {
    const text = await this.#redis.get(key);
    if (text === null) throw new Error(`${key} is not there`);
    JSON.parse(text);
  }

  async #miss() {
    CacheLoad.#missed += 1;
    const key = `bench:missing:${CacheLoad.#missed}`;
    if ((await this.#redis.get(key)) !== null) {
      throw new Error(`${key} should not be there`);
    }
    await this.#redis.set(key, VALUE, 'PX', 1_000);
  }
}

function keyOf(index: number): string {
  const prefix = String.fromCharCode(97 + (index % PREFIXES));
  return `bench:endpoint-${prefix}:${index}`;
}
