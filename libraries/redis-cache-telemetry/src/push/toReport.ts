import type { CountedWindow } from '../counting/CacheCounters';
import type { CacheTelemetryReport } from './CacheTelemetryReport';

const MAX_HOT_KEYS_PER_PREFIX = 10;
const MAX_HOT_KEYS = 100;

/** The report of a window. */
export function toReport(options: {
  window: CountedWindow;
  instance: string;
  source: string;
  startedAt: Date;
  endedAt: Date;
}): CacheTelemetryReport {
  const { window, instance, source, startedAt, endedAt } = options;
  let hotKeysLeft = MAX_HOT_KEYS;
  return {
    version: 1,
    instance,
    source,
    windowStart: startedAt.toISOString(),
    windowEnd: endedAt.toISOString(),
    prefixes: window.prefixes.map(({ prefix, counts, hotKeys }) => {
      const hottest = [...hotKeys]
        .sort((a, b) => b.concurrentMisses - a.concurrentMisses)
        .slice(0, Math.min(MAX_HOT_KEYS_PER_PREFIX, hotKeysLeft));
      hotKeysLeft -= hottest.length;
      return {
        prefix,
        hits: counts.hits,
        misses: counts.misses,
        writes: counts.writes,
        deletes: counts.deletes,
        duplicateMisses: counts.duplicateMisses,
        ...(counts.fills > 0 && { fill: { counts: counts.fillCounts } }),
        ...(hottest.length > 0 && { hotKeys: hottest }),
      };
    }),
    prefixesCutOff: window.prefixesCutOff,
  };
}
