import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../../observations/ObservationStore';

const PAGE_SIZE = 500;
const PAGES_MAX = 10;

/** What queries of a source cost in a time, and how many there were in as long a time before. */
export async function readTrinoCost(
  store: Pick<ObservationStore, 'queryPage'>,
  options: {
    connection: string;
    source: string;
    fromMs: number;
    toMs: number;
  },
): Promise<NonNullable<Stampede['trino']>> {
  const { connection, source, fromMs, toMs } = options;
  const sums = { queries: 0, wallMs: 0, cpuMs: 0, usualQueries: 0 };
  const beforeMs = fromMs - (toMs - fromMs);
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { items } = await store.queryPage(connection, {
      source,
      from: new Date(beforeMs).toISOString(),
      to: new Date(toMs).toISOString(),
      sort: 'createdAt',
      order: 'desc',
      limit: PAGE_SIZE,
      offset: page * PAGE_SIZE,
    });
    for (const query of items) {
      const createdMs = Date.parse(query.createdAt);
      if (createdMs >= fromMs) {
        sums.queries += 1;
        sums.wallMs += query.wallMs ?? 0;
        sums.cpuMs += query.cpuMs ?? 0;
      } else if (createdMs >= beforeMs) sums.usualQueries += 1;
    }
    if (items.length < PAGE_SIZE) break;
  }
  return { connection, source, ...sums };
}
