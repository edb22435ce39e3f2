/** How long one SCAN may keep the server from its other clients. */
const TARGET_MS = 0.25;
const START_COUNT = 100;
/** Below this a scan costs more in round trips than it spares. */
const MIN_COUNT = 10;
/** SCAN's own time grows with COUNT: more than this blocks others for over a millisecond. */
const MAX_COUNT = 1_000;
/** A server so slow at the smallest step is left alone for as long as it took. */
const STRAINED = 4;
const LONGEST_PAUSE_MS = 250;

/**
 * Chooses how much one SCAN looks at, by how long the server took over the
 * last: more when it was quick, less when others would have had to wait.
 */
export class ScanPacer {
  readonly #targetMs: number;
  #count = START_COUNT;
  #pauseMs = 0;

  static create(options: { targetMs?: number } = {}): ScanPacer {
    return new ScanPacer(options.targetMs ?? TARGET_MS);
  }

  private constructor(targetMs: number) {
    this.#targetMs = targetMs;
  }

  /** SCAN's COUNT. */
  get count(): number {
    return this.#count;
  }

  /** How long to leave the server alone before the next step; mostly not at all. */
  get pauseMs(): number {
    return this.#pauseMs;
  }

  /**
   * A scan was measured while nothing else of ours was under way.
   *
   * @param scanMs - its round trip
   * @param idleMs - the round trip of a PING right before it
   */
  observe(scanMs: number, idleMs: number): void {
    const busyMs = Math.max(0, scanMs - idleMs);
    if (busyMs > this.#targetMs) {
      this.#count = Math.max(MIN_COUNT, Math.floor(this.#count * 0.7));
    } else if (busyMs < this.#targetMs / 2) {
      this.#count = Math.min(MAX_COUNT, Math.ceil(this.#count * 1.3));
    }
    const strained =
      this.#count === MIN_COUNT && busyMs > STRAINED * this.#targetMs;
    this.#pauseMs = strained ? Math.min(LONGEST_PAUSE_MS, busyMs) : 0;
  }
}
