/** How many keys a run may change, over all primaries together. */
export class KeyLimit {
  readonly #max: number;
  #used = 0;

  static create(max: number): KeyLimit {
    return new KeyLimit(max);
  }

  private constructor(max: number) {
    this.#max = max;
  }

  /** @returns how many of so many keys may be changed now; fewer when the limit is near */
  take(wanted: number): number {
    const room = Math.min(wanted, this.#max - this.#used);
    this.#used += room;
    return room;
  }

  /** Gives back what was taken and not used. */
  settle(taken: number, used: number): void {
    this.#used -= taken - used;
  }
}
