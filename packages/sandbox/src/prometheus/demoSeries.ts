import type { SimulatedRule, SimulatedSeries } from './PrometheusWorld';

const DAY_MS = 86_400_000;
const GIB = 1024 ** 3;
const TRINO = {
  job: 'trino',
  instance: 'trino-coordinator:8080',
  cluster: 'analytics',
};

/** From 0 at night to 1 at noon. */
function daylight(ms: number): number {
  return (1 - Math.cos((2 * Math.PI * (ms % DAY_MS)) / DAY_MS)) / 2;
}

function gauge(
  name: string,
  labels: Record<string, string>,
  valueAt: (ms: number) => number,
): SimulatedSeries {
  return { labels: { __name__: name, ...labels }, valueAt };
}

/** Grows all day, and starts anew at midnight as after a restart. */
function counter(
  name: string,
  labels: Record<string, string>,
  perSecond: number,
): SimulatedSeries {
  return gauge(name, labels, ms =>
    Math.floor(((ms % DAY_MS) / 1000) * perSecond),
  );
}

/** What a Prometheus beside the sandbox' Trino would have scraped. */
export function demoSeries(): SimulatedSeries[] {
  const queries = 'trino_execution_name_QueryManager_';
  const pool = 'trino_memory_type_ClusterMemoryPool_name_general_';
  return [
    gauge('up', { job: 'prometheus', instance: 'localhost:9090' }, () => 1),
    gauge(
      'scrape_duration_seconds',
      { job: 'prometheus', instance: 'localhost:9090' },
      () => 0.01,
    ),
    gauge('up', TRINO, () => 1),
    gauge('up', { job: 'redis', instance: 'redis:9121' }, () => 0),
    gauge(`${queries}RunningQueries`, TRINO, ms =>
      Math.round(2 + 10 * daylight(ms)),
    ),
    gauge(`${queries}QueuedQueries`, TRINO, ms =>
      Math.round(5 * daylight(ms) ** 4),
    ),
    counter(`${queries}CompletedQueries`, TRINO, 0.4),
    counter(`${queries}FailedQueries`, TRINO, 0.01),
    counter(`${queries}InternalFailures`, TRINO, 0.001),
    gauge(`${pool}TotalDistributedBytes`, TRINO, () => 48 * GIB),
    gauge(`${pool}ReservedDistributedBytes`, TRINO, ms =>
      Math.round(GIB * (4 + 30 * daylight(ms))),
    ),
    gauge(
      'trino_metadata_name_DiscoveryNodeManager_ActiveNodeCount',
      TRINO,
      () => 3,
    ),
    gauge(
      'trino_metadata_name_DiscoveryNodeManager_InactiveNodeCount',
      TRINO,
      () => 0,
    ),
  ];
}

/** Rules of which one always fires, and one when somebody sets its gauge. */
export function demoRules(): SimulatedRule[] {
  return [
    {
      alert: 'TargetDown',
      expr: 'up == 0',
      forMs: 300_000,
      labels: { severity: 'warning' },
      annotations: { summary: 'A target does not answer Prometheus.' },
    },
    {
      alert: 'TrinoWorkerDown',
      expr: 'trino_metadata_name_DiscoveryNodeManager_InactiveNodeCount > 0',
      forMs: 0,
      labels: { severity: 'critical' },
      annotations: { summary: 'A worker of Trino is gone.' },
    },
  ];
}
