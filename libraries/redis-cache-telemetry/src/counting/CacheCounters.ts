import { type Counts, useOf } from './Counts';
import { CacheEvent, type CacheEventKind, EventQueue } from './EventQueue';
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

/** Counts what happens to keys, by prefix: some at a time, and all before counts are read. */
export class CacheCounters {
  readonly #events = EventQueue.create();
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
    this.#add(CacheEvent.hit, key, 0);
  }

  missed(key: string) {
    this.#add(CacheEvent.miss, key, this.#nowMs());
  }

  written(key: string) {
    this.#add(CacheEvent.write, key, this.#nowMs());
  }

  deleted(key: string) {
    this.#add(CacheEvent.delete, key, 0);
  }

  /** Something was done to a key that is not known. */
  unattributed(keys: number) {
    this.#unattributed += keys;
  }

  /** Ends the window and begins the next. */
  endWindow(): CountedWindow {
    this.#countAll();
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
    this.#countAll();
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

  #add(kind: CacheEventKind, key: string, atMs: number) {
    this.#events.add(kind, key, atMs);
    if (this.#events.full) this.#countAll();
  }

  #countAll() {
    this.#events.drain(this.#count);
  }

  readonly #count = (kind: number, key: string, atMs: number) => {
    try {
      const use = this.#prefixes.of(key);
      const { window } = use;
      if (kind === CacheEvent.hit) {
        window.hits += 1;
        this.#fills.hit(key);
      } else if (kind === CacheEvent.miss) {
        window.misses += 1;
        this.#fills.missed(key, use, atMs);
      } else if (kind === CacheEvent.write) {
        window.writes += 1;
        this.#fills.written(key, use, atMs);
      } else {
        window.deletes += 1;
      }
    } catch {
      // Whoever asked for the prefix is long gone; it is told as not counted.
      this.#unattributed += 1;
    }
  };
}
