import { Random } from '../world/Random';
import type { RedisWorld } from './world/RedisWorld';

const TICK_MS = 250;
const READS_PER_TICK = 40;
const SEED = 20_261_121;

/** What an application keeps in the cache: how many keys of a kind, how large, how long. */
const KINDS = [
  { prefix: 'personal-api:commits:', keys: 400, bytes: 900, ttlSeconds: 300 },
  {
    prefix: 'personal-api:activity-summary:',
    keys: 60,
    bytes: 2400,
    ttlSeconds: 120,
  },
  {
    prefix: 'personal-api:repo-stats:',
    keys: 200,
    bytes: 600,
    ttlSeconds: 900,
  },
  { prefix: 'superset:data:', keys: 150, bytes: 8000, ttlSeconds: 3600 },
  { prefix: 'superset:thumbnail:', keys: 30, bytes: 4000, ttlSeconds: 86_400 },
  { prefix: 'session:', keys: 80, bytes: 200, ttlSeconds: undefined },
] as const;

/** An application that reads through the cache, so that its figures move. */
export class RedisWorkload {
  readonly #world: RedisWorld;
  readonly #random = Random.create(SEED);
  readonly #timer: NodeJS.Timeout;

  static start(world: RedisWorld): RedisWorkload {
    return new RedisWorkload(world);
  }

  private constructor(world: RedisWorld) {
    this.#world = world;
    for (const kind of KINDS) {
      for (let index = 0; index < kind.keys; index += 1) {
        this.#fill(kind, `${kind.prefix}${index}`);
      }
    }
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop() {
    clearInterval(this.#timer);
  }

  #tick() {
    for (let read = 0; read < READS_PER_TICK; read += 1) {
      const kind = KINDS[Math.floor(this.#random.next() * KINDS.length)];
      // Few keys are asked for often, most of them seldom.
      const index = Math.floor(this.#random.next() ** 3 * kind.keys * 1.05);
      const key = `${kind.prefix}${index}`;
      if (this.#world.read(key) === undefined) this.#fill(kind, key);
    }
  }

  #fill(kind: (typeof KINDS)[number], key: string) {
    const spread = 0.5 + this.#random.next();
    this.#world.write(
      key,
      'x'.repeat(Math.round(kind.bytes * spread)),
      kind.ttlSeconds && Math.max(1, Math.round(kind.ttlSeconds * spread)),
    );
  }
}
