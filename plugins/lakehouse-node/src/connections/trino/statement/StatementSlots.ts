import { TrinoLimitError } from '../errors';

const MAX_RUNNING = 32;
const MAX_WAITING = 256;

/**
 * How many statements one connection runs at a time. The rest wait their turn, up to a
 * bound.
 */
export class StatementSlots {
  readonly #connection: string;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  static create(connection: string) {
    return new StatementSlots(connection);
  }

  private constructor(connection: string) {
    this.#connection = connection;
  }

  /**
   * Waits for a slot.
   *
   * @returns gives the slot back
   * @throws TrinoLimitError when too many wait; the signal's reason when it fires
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running >= MAX_RUNNING) await this.#wait(signal);
    else this.#running += 1;
    return () => this.#giveBack();
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= MAX_WAITING) {
      throw new TrinoLimitError({
        what: `The queue of statements for Trino connection '${
          this.#connection
        }'`,
        limit: MAX_WAITING,
        unit: 'statements',
        remedy: 'Run fewer at a time, and see what makes the cluster slow.',
      });
    }
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting;
      function giveUp() {
        waiting.delete(proceed);
        reject(signal.reason);
      }
      function proceed() {
        signal.removeEventListener('abort', giveUp);
        resolve();
      }
      waiting.add(proceed);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Hands the slot to who has waited longest. */
  #giveBack() {
    const [next] = this.#waiting;
    if (next) {
      this.#waiting.delete(next);
      next();
    } else this.#running -= 1;
  }
}
