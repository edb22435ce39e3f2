import type {
  CachePrefix,
  CacheSample,
  Gap,
  QueryRecord,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../../observations/ObservationStore';
import type { DuplicateMisses } from '../../../observations/SystemReads';

/** A store that answers what a test puts into it. */
export function fakeStore(
  told: {
    gaps?: Gap[];
    prefixes?: CachePrefix[];
    duplicateMisses?: DuplicateMisses[];
    samples?: CacheSample[];
    stampedes?: Stampede[];
    queries?: Array<
      Pick<QueryRecord, 'createdAt' | 'source' | 'wallMs' | 'cpuMs'>
    >;
  } = {},
): ObservationStore {
  const { queries = [] } = told;
  return {
    gaps: async () => told.gaps ?? [],
    caches: {
      prefixes: async () => told.prefixes ?? [],
      duplicateMisses: async () => told.duplicateMisses ?? [],
      samples: async () => told.samples ?? [],
      stampedes: async () => told.stampedes ?? [],
    },
    queryPage: async (
      _connection: string,
      request: { source?: string; offset?: number; limit?: number },
    ) => {
      const items = queries
        .filter(({ source }) => source === request.source)
        .slice(
          request.offset ?? 0,
          (request.offset ?? 0) + (request.limit ?? 50),
        );
      return { items, total: items.length };
    },
  } as unknown as ObservationStore;
}
