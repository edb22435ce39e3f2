/**
 * One timer for everything on the page that shows the time at the same pace: a
 * list has a hundred ages, and they should move together. It runs while
 * somebody listens.
 */
export class Clock {
  static readonly #clocks = new Map<number, Clock>();

  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = new Date();

  private constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  static ticking(everyMs: number): Clock {
    const clock = Clock.#clocks.get(everyMs) ?? new Clock(everyMs);
    Clock.#clocks.set(everyMs, clock);
    return clock;
  }

  readonly now = (): Date => {
    // Nobody kept it going: what it showed last may be long past.
    if (this.#listeners.size === 0) this.#catchUp();
    return this.#now;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), this.#everyMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  #tick() {
    if (document.hidden) return;
    this.#now = new Date();
    this.#listeners.forEach(listener => listener());
  }

  #catchUp() {
    if (Date.now() - this.#now.getTime() >= this.#everyMs) {
      this.#now = new Date();
    }
  }
}
