import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import type { CachedChart, LookedAtChart } from './lookAtCharts';

/** Superset 6.1 deletes by Flask-Caching's `delete_many`, which ends at the first key that is not there. */
const STOPS =
  'it stops at the first of its listed keys that has run out or is listed twice';

/**
 * Why Superset accepts an invalidation and removes nothing (6.1.0, superset/cachekeys/api.py):
 * its API can't tell which of them it is.
 */
const CAUSES_OF_NOTHING = `Superset says 201 in any case. Likely causes: CACHE_CONFIG and DATA_CACHE_CONFIG have different backends or a different CACHE_KEY_PREFIX, so that it deletes in the wrong cache; STORE_CACHE_KEYS_IN_METADATA_DB is not True, or was not when these answers were cached, so that it knows no keys; or ${STOPS}`;

const INSTEAD =
  "Do it again with 'Compute anew what Superset leaves', or warm the dashboard";

/** Those that still give the answer they gave before. One that was cached anew since was forgotten in between. */
export function stillCached(
  before: readonly CachedChart[],
  after: readonly LookedAtChart[],
): CachedChart[] {
  return before.filter(chart => {
    const now = after.find(({ id }) => id === chart.id)?.cache;
    return now?.state === 'cached' && now.cachedAt === chart.cachedAt;
  });
}

/** Tells whether charts that were cached are so no more. */
export function verifyInvalidation(options: {
  cachedBefore: readonly CachedChart[];
  /** Ids of charts that Superset left cached, and that were computed anew. */
  recomputed: readonly string[];
  looked: readonly LookedAtChart[];
}): Verification {
  const { cachedBefore: before, looked: after, recomputed } = options;
  const left = stillCached(before, after);
  const unknown = after.filter(({ cache }) => cache.state === 'unknown');
  const metrics = [
    {
      label: 'Charts with the cached answer of before',
      unit: 'count' as const,
      before: before.length,
      after: left.length,
      better: 'lower' as const,
    },
  ];
  if (before.length === 0) {
    return {
      outcome: 'inconclusive',
      summary:
        'No chart was seen cached before, so that it can’t be seen whether something was removed.',
      metrics,
    };
  }
  if (left.length === before.length) {
    return {
      outcome: 'not-verified',
      summary: `Nothing was removed: ${left.length} of ${before.length} charts are cached as before. ${CAUSES_OF_NOTHING}. ${INSTEAD}.`,
      metrics,
    };
  }
  if (left.length > 0) {
    return {
      outcome: 'not-verified',
      summary: `Only a part was removed: ${left
        .map(({ name }) => `'${name}'`)
        .join(', ')} ${
        left.length === 1 ? 'is' : 'are'
      } cached as before. Superset says 201 in any case; most likely ${STOPS}. ${INSTEAD}.`,
      metrics,
    };
  }
  if (unknown.length === before.length) {
    return {
      outcome: 'inconclusive',
      summary: `Whether something was removed can't be read: ${
        unknown[0].cache.state === 'unknown' ? unknown[0].cache.reason : ''
      }.`,
      metrics,
    };
  }
  if (recomputed.length > 0) {
    return {
      outcome: 'verified',
      summary: `Superset removed ${
        before.length - recomputed.length || 'nothing'
      } of ${
        before.length
      } cached charts by itself; the rest was computed anew instead.`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `${before.length} of ${before.length} charts that were cached are not any more.`,
    metrics,
  };
}
