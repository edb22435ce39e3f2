/** What was done to a key. */
export const CacheEvent = { hit: 0, miss: 1, write: 2, delete: 3 } as const;

/** One of {@link CacheEvent}. */
export type CacheEventKind = (typeof CacheEvent)[keyof typeof CacheEvent];

/** Few enough that to count them all keeps the application waiting for about a tenth of a millisecond. */
const CAPACITY = 256;

/**
 * What was done to keys, until it is counted: a reply is handed on after a note
 * of the key, and the time where it matters; the rest is done for many in a row.
 */
export class EventQueue {
  readonly #keys = new Array<string>(CAPACITY).fill('');
  readonly #kinds = new Uint8Array(CAPACITY);
  readonly #times = new Float64Array(CAPACITY);
  #length = 0;

  static create(): EventQueue {
    return new EventQueue();
  }

  private constructor() {}

  /** Whether it must be drained before the next is added. */
  get full(): boolean {
    return this.#length === CAPACITY;
  }

  /** @param atMs - only read of misses and writes */
  add(kind: CacheEventKind, key: string, atMs: number) {
    const index = this.#length;
    this.#keys[index] = key;
    this.#kinds[index] = kind;
    this.#times[index] = atMs;
    this.#length = index + 1;
  }

  /** Takes all out, in order. */
  drain(take: (kind: number, key: string, atMs: number) => void) {
    const length = this.#length;
    this.#length = 0;
    for (let index = 0; index < length; index += 1) {
      take(this.#kinds[index], this.#keys[index], this.#times[index]);
    }
    this.#keys.fill('', 0, length);
  }
}
