import type { CacheCounters } from '../counting/CacheCounters';
import { CACHE_FILL_BOUNDS_MS, type Counts } from '../counting/Counts';
import type { PushCounts } from '../push/ReportPusher';

/** A metric as it is now. */
export interface CacheMetric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: ReadonlyArray<{
    /** With a suffix in a histogram. */
    readonly metricName: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }>;
}

const MS_PER_SECOND = 1_000;

const PREFIX_COUNTERS: ReadonlyArray<{
  name: string;
  help: string;
  of: (counts: Counts) => number;
}> = [
  {
    name: 'lakehouse_cache_hits_total',
    help: 'Reads that found a value',
    of: counts => counts.hits,
  },
  {
    name: 'lakehouse_cache_misses_total',
    help: 'Reads that found none',
    of: counts => counts.misses,
  },
  {
    name: 'lakehouse_cache_writes_total',
    help: 'Keys written',
    of: counts => counts.writes,
  },
  {
    name: 'lakehouse_cache_deletes_total',
    help: 'Keys asked to be deleted',
    of: counts => counts.deletes,
  },
  {
    name: 'lakehouse_cache_duplicate_misses_total',
    help: 'Misses of a key that this process was filling already',
    of: counts => counts.duplicateMisses,
  },
];

/** All metrics, as they are now. */
export function cacheMetrics(
  counters: CacheCounters,
  pushes: PushCounts | undefined,
): CacheMetric[] {
  const totals = counters.totals();
  const single = (
    type: 'counter' | 'gauge',
    name: string,
    help: string,
    value: number,
  ): CacheMetric => ({
    name,
    help,
    type,
    values: [{ metricName: name, labels: {}, value }],
  });
  return [
    ...PREFIX_COUNTERS.map(
      ({ name, help, of }): CacheMetric => ({
        name,
        help,
        type: 'counter',
        values: totals.prefixes.map(({ prefix, counts }) => ({
          metricName: name,
          labels: { prefix },
          value: of(counts),
        })),
      }),
    ),
    fillHistogram(totals.prefixes),
    single(
      'gauge',
      'lakehouse_cache_prefixes_cut_off',
      'Prefixes summed as other in the last window',
      totals.prefixesCutOff,
    ),
    single(
      'counter',
      'lakehouse_cache_unattributed_keys_total',
      'Keys of commands that could not be counted: hidden by the client, or within a transaction',
      totals.unattributed,
    ),
    single(
      'gauge',
      'lakehouse_cache_keys_in_flight',
      'Keys that were missed and not yet written',
      totals.keysInFlight,
    ),
    single(
      'counter',
      'lakehouse_cache_keys_forgotten_total',
      'Keys in flight that were let go because there were too many',
      totals.keysForgotten,
    ),
    ...(pushes ? [pushCounter(pushes)] : []),
  ];
}

function fillHistogram(
  prefixes: ReadonlyArray<{ prefix: string; counts: Counts }>,
): CacheMetric {
  const name = 'lakehouse_cache_fill_seconds';
  return {
    name,
    help: 'Time from a miss to the write of that key by this process',
    type: 'histogram',
    values: prefixes.flatMap(({ prefix, counts }) => {
      let below = 0;
      return [
        ...CACHE_FILL_BOUNDS_MS.map((bound, index) => {
          below += counts.fillCounts[index];
          return {
            metricName: `${name}_bucket`,
            labels: { prefix, le: String(bound / MS_PER_SECOND) },
            value: below,
          };
        }),
        {
          metricName: `${name}_bucket`,
          labels: { prefix, le: '+Inf' },
          value: counts.fills,
        },
        {
          metricName: `${name}_sum`,
          labels: { prefix },
          value: counts.fillMs / MS_PER_SECOND,
        },
        {
          metricName: `${name}_count`,
          labels: { prefix },
          value: counts.fills,
        },
      ];
    }),
  };
}

function pushCounter(pushes: PushCounts): CacheMetric {
  const name = 'lakehouse_cache_pushed_windows_total';
  return {
    name,
    help: 'Windows that were pushed, by what became of them',
    type: 'counter',
    values: Object.entries(pushes).map(([result, value]) => ({
      metricName: name,
      labels: { result },
      value,
    })),
  };
}
