import { ConnectionDeniedError } from './errors';

/** Minds refusals: each says that rights may have changed since they were probed, and a 401 stands until something succeeds. */
export class RefusalWatch {
  readonly #doubt: () => void;
  #lastError: ConnectionDeniedError | undefined;

  /** @param doubt - told of each refusal */
  static create(doubt: () => void): RefusalWatch {
    return new RefusalWatch(doubt);
  }

  private constructor(doubt: () => void) {
    this.#doubt = doubt;
  }

  /** The system does not know who we are: the refusal that says so, until a request succeeds. */
  get lastError(): ConnectionDeniedError | undefined {
    return this.#lastError;
  }

  /** @throws what `request` throws */
  async over<T>(request: () => Promise<T>): Promise<T> {
    try {
      const result = await request();
      this.#lastError = undefined;
      return result;
    } catch (error) {
      if (error instanceof ConnectionDeniedError) {
        this.#doubt();
        if (error.status === 401) this.#lastError = error;
      }
      throw error;
    }
  }
}
