import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import { cachedOf, type LookedAtChart } from './lookAtCharts';
import type { WarmUpResult } from './warmUpResult';

/** Tells which charts are warm, and which are not and why. */
export function verifyWarmUp(
  result: WarmUpResult,
  looked: readonly LookedAtChart[],
): Verification {
  const { warmed, failed, mayFail = 0 } = result;
  const all = warmed.length + failed.length;
  const seen = cachedOf(looked).length;
  const metrics = [
    {
      label: 'Charts that are warm',
      unit: 'count' as const,
      after: warmed.length,
      better: 'higher' as const,
    },
    { label: 'Seen cached', unit: 'count' as const, after: seen },
    {
      label: 'Charts that failed',
      unit: 'count' as const,
      after: failed.length,
      better: 'lower' as const,
    },
  ];
  const notWarm = failed.length
    ? ` Not so: ${failed
        .slice(0, 5)
        .map(({ name, error }) => `'${name}' (${error})`)
        .join(', ')}.`
    : '';
  if (failed.length > mayFail) {
    return {
      outcome: 'not-verified',
      summary: `${warmed.length} of ${all} charts are warm.${notWarm}`,
      metrics,
    };
  }
  if (all === 0) {
    return {
      outcome: 'verified',
      summary: 'There was nothing to warm.',
      metrics,
    };
  }
  if (seen < looked.length) {
    return {
      outcome: 'inconclusive',
      summary: `Superset computed ${warmed.length} of ${all} charts, but only ${seen} of ${looked.length} were seen cached. A dashboard with filters of its own caches other answers than can be asked for here; or Superset caches nothing (DATA_CACHE_CONFIG).${notWarm}`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `${warmed.length} of ${all} charts are warm.${notWarm}`,
    metrics,
  };
}
