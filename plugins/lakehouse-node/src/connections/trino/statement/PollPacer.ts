import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_DELAY_MS = 25;
const LONGEST_DELAY_MS = 500;
/** Trino holds a request up to 1 s for news; what comes sooner without news was not held. */
const HELD_MS = 100;

/**
 * Keeps a statement from asking in a hot loop. Trino holds requests back itself, but
 * not in all states, and not behind all proxies.
 */
export class PollPacer {
  #delayMs = 0;
  #lastState: string | undefined;

  static create() {
    return new PollPacer();
  }

  private constructor() {}

  /** To be told of each answer. */
  answered(answer: { state?: string; tookMs: number; hasData: boolean }) {
    const news = answer.hasData || answer.state !== this.#lastState;
    this.#lastState = answer.state;
    this.#delayMs =
      news || answer.tookMs >= HELD_MS
        ? 0
        : Math.min(LONGEST_DELAY_MS, this.#delayMs * 2 || FIRST_DELAY_MS);
  }

  /** Waits before the next request. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.#delayMs > 0) await sleep(this.#delayMs, undefined, { signal });
  }
}
