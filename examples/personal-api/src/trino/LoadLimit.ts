/** As many loads as are allowed run; answered with 503. */
export class BusyError extends Error {
  override name = 'BusyError';
}

/** Lets a bounded number of loads run at once, and refuses the others at once. */
export class LoadLimit {
  readonly #max: number;
  #running = 0;

  static create(max: number): LoadLimit {
    return new LoadLimit(max);
  }

  private constructor(max: number) {
    this.#max = max;
  }

  get running(): number {
    return this.#running;
  }

  /** @throws BusyError when too many run */
  async run<T>(load: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#max) {
      throw new BusyError(`${this.#max} loads are running, as many as may`);
    }
    this.#running += 1;
    try {
      return await load();
    } finally {
      this.#running -= 1;
    }
  }
}
