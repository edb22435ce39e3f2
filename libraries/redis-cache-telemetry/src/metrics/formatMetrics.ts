import type { CacheMetric } from './cacheMetrics';

/** Prometheus' text format, version 0.0.4. */
export function formatMetrics(metrics: readonly CacheMetric[]): string {
  return metrics
    .map(({ name, help, type, values }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...values.map(
          ({ metricName, labels, value }) =>
            `${metricName}${formatLabels(labels)} ${value}`,
        ),
        '',
      ].join('\n'),
    )
    .join('');
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${escape(value)}"`,
  );
  return pairs.length ? `{${pairs.join(',')}}` : '';
}

function escape(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}
