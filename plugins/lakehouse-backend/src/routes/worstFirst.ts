import type {
  AlertState,
  GatewayBackend,
  LakehouseAlert,
  MetricsAlert,
  MetricsView,
  Workload,
} from '@lakehouse-ops/plugin-lakehouse-common';

const ALERT_STATES: Record<AlertState, number> = {
  error: 0,
  stuck: 1,
  fired: 2,
  'not-evaluated': 3,
  running: 4,
  'never-run': 5,
  sent: 6,
  healthy: 7,
  inactive: 8,
};
const BACKEND_HEALTH: Record<GatewayBackend['health'], number> = {
  unhealthy: 0,
  pending: 1,
  unknown: 2,
  healthy: 3,
};
const TARGET_HEALTH: Record<MetricsView['targets'][number]['health'], number> =
  { down: 0, unknown: 1, up: 2 };
const SEVERITIES = ['critical', 'page', 'error', 'warning', 'info', 'none'];

export function alertsWorstFirst<T extends LakehouseAlert>(
  alerts: readonly T[],
): T[] {
  return sorted(alerts, ({ state, name }) => [ALERT_STATES[state], name]);
}

export function workloadsWorstFirst(workloads: readonly Workload[]) {
  return sorted(workloads, workload => [
    trouble(workload),
    -workload.oomKills,
    -workload.restarts,
    workload.namespace,
    workload.name,
  ]);
}

function trouble({ replicas, rollout, pending, oomKills }: Workload): number {
  if (replicas.wanted > 0 && replicas.ready === 0) return 0;
  if (rollout === 'stuck') return 1;
  if (replicas.ready < replicas.wanted || pending > 0) return 2;
  if (oomKills > 0) return 3;
  return rollout === 'complete' ? 5 : 4;
}

/** Those to which queries are sent come before those to which none are. */
export function backendsWorstFirst(backends: readonly GatewayBackend[]) {
  return sorted(backends, ({ active, health, name }) => [
    active ? BACKEND_HEALTH[health] : BACKEND_HEALTH.healthy,
    active ? 0 : 1,
    name,
  ]);
}

export function metricsAlertsWorstFirst(alerts: readonly MetricsAlert[]) {
  return sorted(alerts, ({ state, severity, activeAt, name }) => [
    state === 'firing' ? 0 : 1,
    severityRank(severity),
    activeAt ?? '',
    name,
  ]);
}

export function targetsDownFirst(targets: MetricsView['targets']) {
  return sorted(targets, ({ health, job, instance }) => [
    TARGET_HEALTH[health],
    job,
    instance,
  ]);
}

/** A severity that nobody told is between a warning and an information. */
function severityRank(severity: string | undefined): number {
  const rank = SEVERITIES.indexOf(severity?.toLowerCase() ?? '');
  return rank < 0 ? SEVERITIES.indexOf('warning') + 0.5 : rank;
}

function sorted<T>(
  items: readonly T[],
  keyOf: (item: T) => ReadonlyArray<number | string>,
): T[] {
  return items
    .map(item => ({ item, key: keyOf(item) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ item }) => item);
}

function compare(
  a: ReadonlyArray<number | string>,
  b: ReadonlyArray<number | string>,
): number {
  for (const [index, value] of a.entries()) {
    if (value !== b[index]) return value < b[index] ? -1 : 1;
  }
  return 0;
}
