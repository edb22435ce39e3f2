import type { GatewayRoute } from '@lakehouse-ops/plugin-lakehouse-common';

/** Rows may come into the history a little after others that were captured later. */
const OVERLAP_MS = 5000;

/** Which ways of queries are known, so that only new ones are read and told. */
export class RecentRoutes {
  #newestMs: number | undefined;
  #ids: ReadonlyMap<string, number> = new Map();

  static create(): RecentRoutes {
    return new RecentRoutes();
  }

  /** ISO time from which there may be new ones; undefined when nothing is known. */
  get since(): string | undefined {
    return this.#newestMs === undefined
      ? undefined
      : new Date(this.#newestMs - OVERLAP_MS).toISOString();
  }

  isKnown({ queryId }: GatewayRoute): boolean {
    return this.#ids.has(queryId);
  }

  add(routes: readonly GatewayRoute[]): void {
    const all = new Map([
      ...this.#ids,
      ...routes.map(({ queryId, capturedAt }): [string, number] => [
        queryId,
        Date.parse(capturedAt),
      ]),
    ]);
    if (all.size === 0) return;
    const newestMs = [...all.values()].reduce((one, other) =>
      Math.max(one, other),
    );
    this.#newestMs = newestMs;
    this.#ids = new Map(
      [...all].filter(([, ms]) => ms >= newestMs - OVERLAP_MS),
    );
  }
}
