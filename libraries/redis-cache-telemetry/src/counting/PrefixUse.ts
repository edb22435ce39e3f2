import { addCounts, countFill, noCounts, type Counts } from './Counts';

const MAX_HOT_KEYS = 50;
/** A slow fill stops to count as usual by this share with each fill after it. */
const SLOWEST_DECAY = 0.98;

/** What is counted of one prefix. */
export class PrefixUse {
  readonly prefix: string;
  /** Since the last {@link endWindow}. */
  window = noCounts();
  /** Of all windows before. */
  readonly #before = noCounts();
  #hotKeys = new Map<string, number>();
  #slowestFillMs: number | undefined;

  static create(prefix: string): PrefixUse {
    return new PrefixUse(prefix);
  }

  private constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** The slowest of the fills of late; undefined before the first. */
  get slowestFillMs(): number | undefined {
    return this.#slowestFillMs;
  }

  filled(fillMs: number) {
    countFill(this.window, fillMs);
    this.#slowestFillMs = Math.max(
      fillMs,
      (this.#slowestFillMs ?? 0) * SLOWEST_DECAY,
    );
  }

  missedWhileFilled(key: string, concurrentMisses: number) {
    this.window.duplicateMisses += 1;
    const most = this.#hotKeys.get(key);
    if (most === undefined && this.#hotKeys.size >= MAX_HOT_KEYS) return;
    this.#hotKeys.set(key, Math.max(most ?? 0, concurrentMisses));
  }

  /** Since the start. */
  total(): Counts {
    const total = noCounts();
    addCounts(total, this.#before);
    addCounts(total, this.window);
    return total;
  }

  /** Takes over what was counted under a prefix that is told apart no longer. */
  absorb(other: PrefixUse) {
    addCounts(this.#before, other.#before);
    addCounts(this.window, other.window);
  }

  /** Begins a new window. */
  endWindow(): {
    counts: Counts;
    hotKeys: ReadonlyArray<{ key: string; concurrentMisses: number }>;
  } {
    const counts = this.window;
    addCounts(this.#before, counts);
    this.window = noCounts();
    const hotKeys = [...this.#hotKeys].map(([key, concurrentMisses]) => ({
      key,
      concurrentMisses,
    }));
    if (hotKeys.length) this.#hotKeys = new Map();
    return { counts, hotKeys };
  }
}
