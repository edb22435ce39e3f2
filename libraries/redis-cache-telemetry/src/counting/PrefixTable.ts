import { charCodeAt } from '../prefix/charCodeAt';
import {
  defaultPrefixLength,
  defaultPrefixOf,
} from '../prefix/defaultPrefixOf';
import { useOf } from './Counts';
import { PrefixUse } from './PrefixUse';

/** The name under which prefixes are summed that are not told apart. @public */
export const OTHER_PREFIXES = 'other';

const MAX_PREFIX_LENGTH = 200;
/** A power of two, some times as many as prefixes are told apart. */
const RECENT = 1_024;

/**
 * Tells the most used prefixes apart, at most as many as allowed, and sums the
 * rest. Which are the most used is settled at the end of each window.
 */
export class PrefixTable {
  readonly #prefixOf: (key: string) => string | undefined;
  readonly #maxPrefixes: number;
  readonly #known = new Map<string, PrefixUse>();
  /**
   * Known prefixes by a number made of a few of their characters: to compare
   * characters costs less than to cut the prefix off a key and hash it.
   */
  readonly #recent = new Array<PrefixUse | undefined>(RECENT).fill(undefined);
  readonly #other = PrefixUse.create(OTHER_PREFIXES);
  /** Uses in this window of prefixes that are summed, as many as are told apart. */
  readonly #candidates = new Map<string, number>();

  static create(options: {
    prefixOf: (key: string) => string | undefined;
    maxPrefixes: number;
  }): PrefixTable {
    return new PrefixTable(options);
  }

  private constructor(options: Parameters<typeof PrefixTable.create>[0]) {
    this.#prefixOf = options.prefixOf;
    this.#maxPrefixes = options.maxPrefixes;
  }

  of(key: string): PrefixUse {
    // A prefixOf of the application's own is asked each time.
    return this.#prefixOf === defaultPrefixOf
      ? this.#ofDefault(key)
      : this.#ofPrefix(this.#prefixOf(key));
  }

  #ofDefault(key: string): PrefixUse {
    const length = defaultPrefixLength(key);
    if (length === 0) return this.#other;
    const place = placeOf(key, length);
    const recent = this.#recent[place];
    if (recent?.prefix.length === length && key.startsWith(recent.prefix)) {
      return recent;
    }
    const use = this.#ofPrefix(key.slice(0, length));
    if (use !== this.#other) this.#recent[place] = use;
    return use;
  }

  #ofPrefix(prefix: string | undefined): PrefixUse {
    if (!prefix || prefix.length > MAX_PREFIX_LENGTH) return this.#other;
    return this.#known.get(prefix) ?? this.#admit(prefix);
  }

  all(): PrefixUse[] {
    return [...this.#known.values(), this.#other];
  }

  /**
   * Gives the places of little used prefixes to more used ones. To be called
   * before the window's counts are taken.
   *
   * @returns how many prefixes were summed in this window
   */
  settle(): number {
    const cutOff = this.#candidates.size;
    const rising = [...this.#candidates].sort(([, a], [, b]) => b - a);
    this.#candidates.clear();
    if (!rising.length) return cutOff;
    const least = [...this.#known.values()].sort(
      (a, b) => useOf(a.window) - useOf(b.window),
    );
    for (const [index, [prefix, uses]] of rising.entries()) {
      const leaving = least[index];
      if (!leaving || useOf(leaving.window) >= uses) break;
      this.#known.delete(leaving.prefix);
      this.#recent.fill(undefined);
      this.#other.absorb(leaving);
      this.#known.set(prefix, PrefixUse.create(prefix));
    }
    return cutOff;
  }

  #admit(prefix: string): PrefixUse {
    if (prefix === OTHER_PREFIXES) return this.#other;
    if (this.#known.size < this.#maxPrefixes) {
      const use = PrefixUse.create(prefix);
      this.#known.set(prefix, use);
      return use;
    }
    const uses = this.#candidates.get(prefix);
    if (uses !== undefined || this.#candidates.size < this.#maxPrefixes) {
      this.#candidates.set(prefix, (uses ?? 0) + 1);
    }
    return this.#other;
  }
}

/** Of the last two characters before the separator, the middle one, and the length. */
function placeOf(key: string, length: number): number {
  const mixed =
    length * 7 +
    charCodeAt(key, length >> 1) * 31 +
    charCodeAt(key, Math.max(0, length - 3)) * 131 +
    charCodeAt(key, Math.max(0, length - 2)) * 17;
  return mixed % RECENT;
}
