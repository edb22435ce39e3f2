const COUNT_START = 50;
const COUNT_MIN = 10;
const COUNT_MAX = 200;
const PAUSE_MIN_MS = 2;
const PAUSE_MAX_MS = 250;
/** A server is left alone for so many times as long as it worked for us. */
const PAUSE_FACTOR = 2;
/** An answer that takes so many times the quickest one tells of a server that has other things to do. */
const BUSY_FACTOR = 3;
const FORGETTING = 0.02;

/**
 * How much to ask at a time and how long to pause, by how long answers take: a
 * server does one thing at a time, and each SCAN makes all other clients wait.
 */
export class ScanPace {
  #count = COUNT_START;
  #quickestMsPerKey = Infinity;

  get count(): number {
    return this.#count;
  }

  /**
   * Takes note of an answer.
   *
   * @returns how long to pause before the next question
   */
  answered(tookMs: number): number {
    const msPerKey = tookMs / this.#count;
    const busy = msPerKey > this.#quickestMsPerKey * BUSY_FACTOR;
    this.#count = busy
      ? Math.max(COUNT_MIN, Math.floor(this.#count / 2))
      : Math.min(COUNT_MAX, this.#count + 10);
    // Forgets slowly, for what was quick once need not be possible any more.
    this.#quickestMsPerKey = Math.min(
      msPerKey,
      this.#quickestMsPerKey * (1 + FORGETTING),
    );
    return Math.min(
      PAUSE_MAX_MS,
      Math.max(PAUSE_MIN_MS, tookMs * PAUSE_FACTOR * (busy ? 2 : 1)),
    );
  }
}
