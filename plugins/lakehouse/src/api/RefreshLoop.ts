/** Between two loads, however many signals arrive. */
const MIN_INTERVAL_MS = 1_000;
/** After a signal, polling is only a safety net for this long. */
const SIGNALS_TRUSTED_MS = 60_000;
const SIGNALLED_POLL_FACTOR = 3;
const HIDDEN_POLL_FACTOR = 6;
const MAX_BACKOFF_MS = 60_000;

interface RefreshLoopOptions<T> {
  readonly pollMs: number;
  load(signal: AbortSignal): Promise<T>;
  onResult(result: T): void;
  onError(error: unknown): void;
}

/**
 * Loads something again and again: when poked (at most once a second), and
 * by polling, slower while signals arrive, while nobody looks, and while it
 * fails. One load at a time.
 */
export class RefreshLoop<T> {
  readonly #options: RefreshLoopOptions<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inFlight: AbortController | undefined;
  #startedAt = -Infinity;
  #signalledAt = -Infinity;
  #pokedMeanwhile = false;
  #failures = 0;
  #stopped = false;

  private constructor(options: RefreshLoopOptions<T>) {
    this.#options = options;
  }

  static start<T>(options: RefreshLoopOptions<T>): RefreshLoop<T> {
    const loop = new RefreshLoop(options);
    document.addEventListener('visibilitychange', loop.#onVisibility);
    loop.refresh();
    return loop;
  }

  /** Something changed. */
  poke(): void {
    this.#signalledAt = Date.now();
    if (this.#inFlight || document.hidden) {
      this.#pokedMeanwhile = true;
    } else {
      this.#schedule(
        Math.max(0, this.#startedAt + MIN_INTERVAL_MS - Date.now()),
      );
    }
  }

  /** Load now, unless a load is under way. */
  refresh(): void {
    if (this.#stopped || this.#inFlight) return;
    clearTimeout(this.#timer);
    const controller = new AbortController();
    this.#inFlight = controller;
    this.#startedAt = Date.now();
    this.#pokedMeanwhile = false;
    this.#options
      .load(controller.signal)
      .then(
        result => {
          if (this.#stopped) return;
          this.#failures = 0;
          this.#options.onResult(result);
        },
        error => {
          if (this.#stopped) return;
          this.#failures += 1;
          this.#options.onError(error);
        },
      )
      .finally(() => {
        this.#inFlight = undefined;
        if (this.#stopped) return;
        if (this.#pokedMeanwhile && !document.hidden) {
          this.poke();
        } else {
          this.#schedule(this.#pollDelayMs());
        }
      });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#inFlight?.abort();
  }

  #schedule(delayMs: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), delayMs);
  }

  #pollDelayMs(): number {
    let delayMs = this.#options.pollMs;
    if (Date.now() - this.#signalledAt < SIGNALS_TRUSTED_MS) {
      delayMs *= SIGNALLED_POLL_FACTOR;
    }
    if (document.hidden) delayMs *= HIDDEN_POLL_FACTOR;
    if (this.#failures > 0) {
      const backoffMs = delayMs * 2 ** Math.min(this.#failures - 1, 10);
      delayMs = Math.min(backoffMs, Math.max(MAX_BACKOFF_MS, delayMs));
    }
    return delayMs;
  }

  readonly #onVisibility = () => {
    if (document.hidden) return;
    const overdue = Date.now() - this.#startedAt >= this.#options.pollMs;
    if (this.#pokedMeanwhile || overdue) this.refresh();
    else if (!this.#inFlight) this.#schedule(this.#pollDelayMs());
  };
}
