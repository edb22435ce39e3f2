import { setTimeout as sleep } from 'node:timers/promises';
import {
  instrumentCache,
  type CacheTelemetry,
} from '@lakehouse-ops/redis-cache-telemetry';
import Redis from 'ioredis';
import { required } from './superset';

/** What this service's keys begin with, and no other's. */
export const CHECKOUT_PREFIX = 'checkout';
const HOT_KEY = `${CHECKOUT_PREFIX}:basket:hot`;
/** So many that what others read of the server counts for little. */
const READERS = 40;
const PAUSE_MS = 50;
const LOAD_MS = 300;
/** Gone before anybody asks again. */
const SHORT_TTL_MS = 1;
const LONG_TTL_MS = 60_000;
const SPARE_KEYS = 200;
const SPARE_TTL_SECONDS = 3_600;

/** A service on the stack's Redis whose cache can be made to stampede, and to stop. */
export class CheckoutService {
  readonly #redis: Redis;
  readonly #telemetry: CacheTelemetry;
  readonly #readers: Promise<unknown>;
  #stopped = false;
  #protected = true;
  #loading?: Promise<void>;

  /** Starts well protected, with keys that nobody asks for beside the hot one. */
  static async start(): Promise<CheckoutService> {
    const redis = new Redis(required('STACK_REDIS_URL'));
    const writing = redis.pipeline();
    for (let key = 0; key < SPARE_KEYS; key += 1) {
      writing.set(
        `${CHECKOUT_PREFIX}:spare:${key}`,
        'x',
        'EX',
        SPARE_TTL_SECONDS,
      );
    }
    await writing.exec();
    return new CheckoutService(redis);
  }

  private constructor(redis: Redis) {
    this.#redis = redis;
    this.#telemetry = instrumentCache({
      redis,
      push: {
        url: required('E2E_BACKEND_URL'),
        connection: 'cache',
        token: required('LAKEHOUSE_INGEST_TOKEN'),
        source: 'checkout',
        onProblem: problem => console.log(String(problem)),
      },
    });
    this.#readers = Promise.all(
      Array.from({ length: READERS }, () => this.#keepAsking()),
    );
  }

  /** Entries live shorter than a load takes, and each who misses loads. */
  stampede(): void {
    this.#protected = false;
  }

  /** Requests for the same share one load, and its answer is kept. */
  protect(): void {
    this.#protected = true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#readers;
    await this.#telemetry.stop();
    const keys = await this.#redis.keys(`${CHECKOUT_PREFIX}:*`);
    if (keys.length > 0) await this.#redis.unlink(...keys);
    this.#redis.disconnect();
  }

  async #keepAsking() {
    while (!this.#stopped) {
      if ((await this.#redis.get(HOT_KEY)) === null) await this.#fill();
      await sleep(PAUSE_MS);
    }
  }

  #fill(): Promise<void> {
    if (!this.#protected) return this.#load();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load() {
    await sleep(LOAD_MS);
    await this.#redis.set(
      HOT_KEY,
      'x',
      'PX',
      this.#protected ? LONG_TTL_MS : SHORT_TTL_MS,
    );
  }
}
