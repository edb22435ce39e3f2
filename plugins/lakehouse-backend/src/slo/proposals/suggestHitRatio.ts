import {
  attainmentText,
  type CacheRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../observations/ObservationStore';
import { targetBelow } from './steps';
import { BASED_ON_DAYS, DAY_MS, lastDays, type Suggestion } from './Suggestion';

const READS_MIN = 1_000;

/** A promise about the share of reads that a cache answers, from what applications told. */
export async function suggestHitRatio(options: {
  store: Pick<ObservationStore, 'caches'>;
  ref: CacheRef;
  nowMs: number;
}): Promise<Suggestion[]> {
  const { store, ref, nowMs } = options;
  const prefixes = await store.caches.prefixes(ref.connection, {
    from: new Date(nowMs - BASED_ON_DAYS * DAY_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
  });
  const own = prefixes.filter(
    ({ prefix }) =>
      ref.prefix === undefined ||
      prefix === ref.prefix ||
      prefix.startsWith(`${ref.prefix}:`),
  );
  const windows = own.flatMap(({ useSeries }) => useSeries);
  const hits = windows.reduce((sum, one) => sum + one.hits, 0);
  const reads = windows.reduce((sum, one) => sum + one.hits + one.misses, 0);
  if (reads < READS_MIN) return [];
  const attained = hits / reads;
  const target = targetBelow(attained, reads);
  if (target === undefined) return [];
  const firstMs = Math.min(...windows.map(({ at }) => Date.parse(at)));
  const basedOnDays = Math.max(1, Math.round((nowMs - firstMs) / DAY_MS));
  return [
    {
      slo: {
        name: 'cache-hit-ratio',
        displayName: 'Reads come from the cache',
        description: 'Share of reads that the cache answers.',
        source: {
          indicator: 'cache-hit-ratio',
          connection: ref.connection,
          where: { prefix: ref.prefix },
        },
        target,
      },
      attained,
      basedOnDays,
      reason: `The cache answered ${attainmentText(
        attained,
        target,
      )} of ${reads.toLocaleString(
        'en',
      )} reads that applications told of in the last ${lastDays(basedOnDays)}.`,
    },
  ];
}
