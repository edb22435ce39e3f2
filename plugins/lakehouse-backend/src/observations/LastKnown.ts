import { ServiceUnavailableError } from '@backstage/errors';
import { describeStorageError } from './storageError';

interface Entry<T> {
  readonly value: T;
  /** When reading began to fail. */
  failingSince?: string;
}

/** A value, and since when it could not be read again. */
export type Known<T> =
  | { readonly value: T; readonly stale?: undefined }
  | {
      readonly value: T;
      readonly stale: { readonly since: string; readonly error: unknown };
    };

/** Keeps the last answers in memory, to be shown with their age while the database is away. */
export class LastKnown<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #maxEntries: number;

  constructor(options: { maxEntries: number }) {
    this.#maxEntries = options.maxEntries;
  }

  /** @throws ServiceUnavailableError when reading fails and there was no answer before */
  async read(key: string, load: () => Promise<T>): Promise<Known<T>> {
    try {
      const value = await load();
      this.#entries.delete(key);
      this.#entries.set(key, { value });
      const [oldest] = this.#entries.keys();
      if (this.#entries.size > this.#maxEntries) this.#entries.delete(oldest);
      return { value };
    } catch (error) {
      const entry = this.#entries.get(key);
      if (!entry) {
        throw new ServiceUnavailableError(
          `The lakehouse plugin's database does not answer (${describeStorageError(
            error,
          )}), and there is no earlier answer to show. Check that database; this page comes back by itself.`,
        );
      }
      entry.failingSince ??= new Date().toISOString();
      return {
        value: entry.value,
        stale: { since: entry.failingSince, error },
      };
    }
  }
}
