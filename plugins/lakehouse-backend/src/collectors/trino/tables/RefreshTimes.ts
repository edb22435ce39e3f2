/**
 * When each table was last read in full, to read it again after a while although
 * nothing seems to have changed. After a restart the times are unknown and
 * spread over the interval, so that not all come due at once.
 */
export class RefreshTimes {
  readonly #readAt = new Map<string, number>();

  private constructor(
    private readonly refreshAfterMs: number,
    private readonly limit: number,
  ) {}

  static create(options: {
    refreshAfterMs: number;
    limit: number;
  }): RefreshTimes {
    return new RefreshTimes(options.refreshAfterMs, options.limit);
  }

  isDue(table: string, now: number): boolean {
    const readAt = this.#readAt.get(table);
    if (readAt === undefined) {
      this.read(table, now - Math.random() * this.refreshAfterMs);
      return false;
    }
    return now - readAt >= this.refreshAfterMs;
  }

  read(table: string, at: number): void {
    this.#readAt.delete(table);
    this.#readAt.set(table, at);
    for (const oldest of this.#readAt.keys()) {
      if (this.#readAt.size <= this.limit) break;
      this.#readAt.delete(oldest);
    }
  }
}
