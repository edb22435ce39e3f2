/** Remembers ids up to a limit; the oldest are forgotten first. */
export class RecentQueryIds {
  readonly #ids = new Set<string>();

  private constructor(private readonly limit: number) {}

  static create(limit: number): RecentQueryIds {
    return new RecentQueryIds(limit);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.limit) return;
    for (const oldest of this.#ids) {
      this.#ids.delete(oldest);
      break;
    }
  }
}
