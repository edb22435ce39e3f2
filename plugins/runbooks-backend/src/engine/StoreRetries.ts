import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { LeaseLostError } from '../store/RunStore';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2000;
/** Writes are tried for so many leases: a late one is refused by the store when the run was taken. */
const WRITE_PATIENCE_LEASES = 4;

/**
 * Tries again what a database that is gone for a while did not do. Reads stop
 * when the run has to be let go; writes go on longer, because what is known of
 * an effect must not be lost.
 */
export class StoreRetries {
  readonly #logger: LoggerService;
  readonly #writePatienceMs: number;

  constructor(options: { logger: LoggerService; leaseMs: number }) {
    this.#logger = options.logger;
    this.#writePatienceMs = options.leaseMs * WRITE_PATIENCE_LEASES;
  }

  /** @throws what it threw last, once `stop` is aborted */
  async read<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
    return this.#retry({ work, what: 'read', over: () => stop.aborted });
  }

  /** @throws LeaseLostError at once; what it threw last, when the patience is at its end */
  async write<T>(work: (attempt: number) => Promise<T>): Promise<T> {
    const until = performance.now() + this.#writePatienceMs;
    return this.#retry({
      work,
      what: 'written',
      over: () => performance.now() >= until,
    });
  }

  async #retry<T>(options: {
    work: (attempt: number) => Promise<T>;
    what: string;
    over: () => boolean;
  }): Promise<T> {
    const { work, what, over } = options;
    let delayMs = FIRST_DELAY_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(attempt);
      } catch (error) {
        if (error instanceof LeaseLostError || over()) throw error;
        this.#logger.warn(
          `The state of a run could not be ${what}; trying again: ${
            toError(error).message
          }`,
        );
      }
      await sleep(delayMs);
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    }
  }
}
