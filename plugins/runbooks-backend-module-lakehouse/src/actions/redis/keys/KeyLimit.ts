/** How many keys a run may change, over all primaries together. */
export class KeyLimit {
  readonly #max: number;
  #used = 0;
  #underWay = 0;
  #waiting: Array<() => void> = [];

  static create(max: number): KeyLimit {
    return new KeyLimit(max);
  }

  private constructor(max: number) {
    this.#max = max;
  }

  /**
   * Waits while others have taken all that is left: a key that turns out to be
   * gone already gives its place back.
   *
   * @returns how many of so many keys may be changed now; 0 when the limit is met
   */
  async take(wanted: number): Promise<number> {
    while (this.#room() === 0 && this.#underWay > 0) {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    const taken = Math.min(wanted, this.#room());
    this.#underWay += taken;
    return taken;
  }

  /** What was taken is done; what was not used is given back. */
  settle(taken: number, used: number): void {
    this.#underWay -= taken;
    this.#used += used;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #room(): number {
    return Math.max(0, this.#max - this.#used - this.#underWay);
  }
}
