import type { CacheTelemetryReport } from '@lakehouse-ops/plugin-lakehouse-common';
import type { CacheUseReported } from '../../observations/Observation';
import { fillPercentiles } from './fillPercentiles';

/** What a report tells of the cache. */
export function toCacheUse(
  connection: string,
  report: CacheTelemetryReport,
): CacheUseReported {
  const startedAt = Date.parse(report.windowStart);
  const endedAt = Date.parse(report.windowEnd);
  return {
    type: 'CacheUseReported',
    connection,
    instance: report.instance,
    source: report.source,
    prefixes: report.prefixes.map(({ prefix, fill, hotKeys, ...counts }) => {
      const fillMs = fill && fillPercentiles(fill.counts);
      return {
        prefix,
        use: {
          at: new Date(endedAt).toISOString(),
          windowSeconds: (endedAt - startedAt) / 1_000,
          ...counts,
          ...(fillMs && { fillMs }),
        },
        ...(fillMs && { fillCounts: fill.counts }),
        ...(hotKeys?.length && { hotKeys }),
      };
    }),
  };
}
