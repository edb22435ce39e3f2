import type {
  SupersetChartCache,
  SupersetConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

/** Looking at a chart that is not cached runs its query: a sample has to do. */
export const MOST_LOOKS = 20;
const AT_A_TIME = 2;

/** A chart and what was seen of its cache. */
export interface LookedAtChart {
  readonly id: string;
  readonly name: string;
  readonly cache: SupersetChartCache;
}

/** What is kept of a chart that was seen cached. */
export const cachedChartSchema = z.object({
  id: z.string(),
  name: z.string(),
  cachedAt: z.string().optional(),
});
export type CachedChart = z.output<typeof cachedChartSchema>;

/** Looks whether charts are cached, at most {@link MOST_LOOKS}. */
export async function lookAtCharts(
  connection: SupersetConnection,
  charts: ReadonlyArray<{ id: string; name: string }>,
  signal: AbortSignal,
): Promise<LookedAtChart[]> {
  const looked: LookedAtChart[] = [];
  const left = charts.slice(0, MOST_LOOKS);
  for (let at = 0; at < left.length; at += AT_A_TIME) {
    looked.push(
      ...(await Promise.all(
        left.slice(at, at + AT_A_TIME).map(async ({ id, name }) => ({
          id,
          name,
          cache: await connection.chartCache(id, { signal }),
        })),
      )),
    );
  }
  return looked;
}

/** Those that were seen cached. */
export function cachedOf(looked: readonly LookedAtChart[]): CachedChart[] {
  return looked.flatMap(({ id, name, cache }) =>
    cache.state === 'cached'
      ? [
          cache.cachedAt === undefined
            ? { id, name }
            : { id, name, cachedAt: cache.cachedAt },
        ]
      : [],
  );
}

/** "cached 12 m 04 s ago", "not cached" or why it can't be told. */
export function cacheInWords(
  cache: SupersetChartCache,
  formatAge: (ms: number) => string,
): string {
  if (cache.state === 'unknown') return `unknown: ${cache.reason}`;
  if (cache.state === 'not-cached') return 'not cached';
  if (!cache.cachedAt) return 'cached';
  const ageMs = Math.max(0, Date.now() - Date.parse(cache.cachedAt));
  return `cached ${formatAge(ageMs)} ago`;
}
