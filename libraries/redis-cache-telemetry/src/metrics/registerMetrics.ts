import type { CacheMetric } from './cacheMetrics';

/**
 * What is used of a registry of prom-client 14 and 15.
 *
 * @public
 */
export interface MetricsRegistry {
  registerMetric(metric: { get(): Promise<unknown> }): void;
}

/** Adds the metrics to a registry, which reads them anew at each scrape. */
export function registerMetrics(
  registry: MetricsRegistry,
  read: () => readonly CacheMetric[],
) {
  for (const { name, help, type } of read()) {
    const metric = {
      // The registry renames it when it speaks OpenMetrics.
      name,
      help,
      type,
      aggregator: 'sum',
      async get() {
        const values = read().find(now => now.name === name)?.values ?? [];
        return {
          name: metric.name,
          help,
          type,
          aggregator: 'sum',
          values: values.map(value =>
            type === 'histogram'
              ? value
              : { labels: value.labels, value: value.value },
          ),
        };
      },
    };
    registry.registerMetric(metric);
  }
}
