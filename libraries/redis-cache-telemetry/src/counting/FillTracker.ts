import { charCodeAt } from '../prefix/charCodeAt';
import type { PrefixUse } from './PrefixUse';

/** For how long a key counts as being filled, while nothing is known of its prefix' fills. */
const ASSUMED_FILL_MS = 5_000;
const MIN_WINDOW_MS = 500;
/** A fill may take longer than the slowest of late. */
const WINDOW_FACTOR = 2;
const MAX_KEY_LENGTH = 512;
const PLACES = 4_096;

interface Filling {
  startedAtMs: number;
  misses: number;
}

/**
 * Which keys are being filled: from a miss until this process writes the key.
 * A miss that no write follows stops to count after about twice as long as the
 * prefix' fills take, so that keys that are never filled make no stampede.
 */
export class FillTracker {
  readonly #filling = new Map<string, Filling>();
  readonly #maxKeys: number;
  readonly #timeoutMs: number;
  /** How many of the keys being filled share a place: a hit of a key whose place is empty is looked up no further. */
  readonly #places = new Uint32Array(PLACES);
  #forgotten = 0;

  static create(options: { maxKeys: number; timeoutMs: number }): FillTracker {
    return new FillTracker(options);
  }

  private constructor(options: Parameters<typeof FillTracker.create>[0]) {
    this.#maxKeys = options.maxKeys;
    this.#timeoutMs = options.timeoutMs;
  }

  get size(): number {
    return this.#filling.size;
  }

  /** Keys that were let go because too many were being filled. */
  get forgotten(): number {
    return this.#forgotten;
  }

  missed(key: string, use: PrefixUse, nowMs: number) {
    if (key.length > MAX_KEY_LENGTH) return;
    const filling = this.#filling.get(key);
    if (filling && nowMs - filling.startedAtMs <= this.#windowMs(use)) {
      filling.misses += 1;
      use.missedWhileFilled(key, filling.misses);
      return;
    }
    // Deleted first, so that the map stays in order of time.
    if (filling) this.#delete(key);
    else if (this.#filling.size >= this.#maxKeys) this.#makeRoom(nowMs);
    this.#filling.set(key, { startedAtMs: nowMs, misses: 1 });
    this.#places[placeOf(key)] += 1;
  }

  written(key: string, use: PrefixUse, nowMs: number) {
    const filling = this.#filling.get(key);
    if (!filling) return;
    this.#delete(key);
    const fillMs = nowMs - filling.startedAtMs;
    if (fillMs <= this.#timeoutMs) use.filled(fillMs);
  }

  /** Someone else filled it. */
  hit(key: string) {
    if (this.#filling.size === 0 || this.#places[placeOf(key)] === 0) return;
    this.#delete(key);
  }

  /** Lets go what was never filled. */
  expire(nowMs: number) {
    for (const [key, { startedAtMs }] of this.#filling) {
      if (nowMs - startedAtMs <= this.#timeoutMs) return;
      this.#delete(key);
    }
  }

  #makeRoom(nowMs: number) {
    this.expire(nowMs);
    if (this.#filling.size < this.#maxKeys) return;
    for (const oldest of this.#filling.keys()) {
      this.#delete(oldest);
      this.#forgotten += 1;
      return;
    }
  }

  #delete(key: string) {
    if (this.#filling.delete(key)) this.#places[placeOf(key)] -= 1;
  }

  #windowMs(use: PrefixUse): number {
    const slowest = use.slowestFillMs;
    const windowMs =
      slowest === undefined
        ? ASSUMED_FILL_MS
        : Math.max(MIN_WINDOW_MS, slowest * WINDOW_FACTOR);
    return Math.min(windowMs, this.#timeoutMs);
  }
}

/** Of the last characters, in which keys of one prefix differ. */
function placeOf(key: string): number {
  const { length } = key;
  let mixed = length;
  for (let index = Math.max(0, length - 6); index < length; index += 1) {
    mixed = (mixed * 31 + charCodeAt(key, index)) % 1_048_576;
  }
  return mixed % PLACES;
}
