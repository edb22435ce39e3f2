import { type Counts, useOf } from './Counts';
import { FillTracker } from './FillTracker';
import { PrefixTable } from './PrefixTable';

/** What was counted in a window. */
export interface CountedWindow {
  readonly prefixes: ReadonlyArray<{
    readonly prefix: string;
    readonly counts: Counts;
    readonly hotKeys: ReadonlyArray<{
      readonly key: string;
      readonly concurrentMisses: number;
    }>;
  }>;
  readonly prefixesCutOff: number;
}

/** Counts what happens to keys, by prefix. */
export class CacheCounters {
  readonly #prefixes: PrefixTable;
  readonly #fills: FillTracker;
  readonly #nowMs: () => number;
  #unattributed = 0;
  #prefixesCutOff = 0;

  static create(options: {
    prefixOf: (key: string) => string | undefined;
    maxPrefixes: number;
    maxKeysInFlight: number;
    fillTimeoutMs: number;
    /** Of a clock that is never set. */
    nowMs?: () => number;
  }): CacheCounters {
    return new CacheCounters(options);
  }

  private constructor(options: Parameters<typeof CacheCounters.create>[0]) {
    this.#prefixes = PrefixTable.create(options);
    this.#fills = FillTracker.create({
      maxKeys: options.maxKeysInFlight,
      timeoutMs: options.fillTimeoutMs,
    });
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  hit(key: string) {
    this.#prefixes.of(key).window.hits += 1;
    this.#fills.hit(key);
  }

  missed(key: string) {
    const use = this.#prefixes.of(key);
    use.window.misses += 1;
    this.#fills.missed(key, use, this.#nowMs());
  }

  written(key: string) {
    const use = this.#prefixes.of(key);
    use.window.writes += 1;
    this.#fills.written(key, use, this.#nowMs());
  }

  deleted(key: string) {
    this.#prefixes.of(key).window.deletes += 1;
  }

  /** Something was done to a key that is not known. */
  unattributed(keys: number) {
    this.#unattributed += keys;
  }

  /** Ends the window and begins the next. */
  endWindow(): CountedWindow {
    this.#fills.expire(this.#nowMs());
    this.#prefixesCutOff = this.#prefixes.settle();
    const prefixes = this.#prefixes
      .all()
      .map(use => ({ prefix: use.prefix, ...use.endWindow() }))
      .filter(({ counts }) => useOf(counts) > 0);
    return { prefixes, prefixesCutOff: this.#prefixesCutOff };
  }

  /** Since the start. */
  totals(): {
    prefixes: ReadonlyArray<{ prefix: string; counts: Counts }>;
    prefixesCutOff: number;
    unattributed: number;
    keysInFlight: number;
    keysForgotten: number;
  } {
    return {
      prefixes: this.#prefixes
        .all()
        .map(use => ({ prefix: use.prefix, counts: use.total() }))
        .filter(({ counts }) => useOf(counts) > 0),
      prefixesCutOff: this.#prefixesCutOff,
      unattributed: this.#unattributed,
      keysInFlight: this.#fills.size,
      keysForgotten: this.#fills.forgotten,
    };
  }
}
