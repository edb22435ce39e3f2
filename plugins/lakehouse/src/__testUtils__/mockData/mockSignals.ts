import type {
  AccessDenialsView,
  MetricsView,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from './mockTime';

/** Alerts and targets of a Prometheus. */
export function mockMetrics(
  overrides: Partial<MetricsView> = {},
  now = Date.now(),
): MetricsView {
  return {
    connection: 'prometheus',
    title: 'Prometheus',
    version: '3.5.0',
    observedAt: at(now, 12_000),
    staleAfterSeconds: 90,
    alerts: [
      {
        connection: 'prometheus',
        name: 'TrinoMemoryPressure',
        state: 'firing',
        severity: 'warning',
        summary: 'The general memory pool is over 90 % full',
        labels: { connection: 'analytics', job: 'trino' },
        value: 0.93,
        activeAt: at(now, 9 * MINUTE_MS),
        of: 'analytics',
      },
      {
        connection: 'prometheus',
        name: 'TrinoFailureRate',
        state: 'pending',
        severity: 'critical',
        labels: { connection: 'analytics' },
        activeAt: at(now, MINUTE_MS),
        of: 'analytics',
      },
      {
        connection: 'prometheus',
        name: 'DiskFull',
        state: 'firing',
        labels: { instance: 'db:9100' },
        activeAt: at(now, 30 * MINUTE_MS),
      },
    ],
    targets: [
      {
        job: 'redis',
        instance: 'redis-exporter.example:9121',
        health: 'down',
        lastError: 'connection refused',
        lastScrapeAt: at(now, 11_000),
      },
      {
        job: 'trino',
        instance: 'trino.example:8080',
        health: 'up',
        lastScrapeAt: at(now, 9_000),
      },
    ],
    gaps: [],
    ...overrides,
  };
}

/** Two that were refused, and a time in which the policy server was away. */
export function mockAccessDenials(
  overrides: Partial<AccessDenialsView> = {},
  now = Date.now(),
): AccessDenialsView {
  return {
    connection: 'analytics',
    from: at(now, 24 * 60 * MINUTE_MS),
    to: at(now, 0),
    groups: [
      {
        user: 'alice',
        table: 'lake.gold.salaries',
        action: 'select from columns',
        rule: 'pii-columns',
        count: 12,
        firstAt: at(now, 5 * 60 * MINUTE_MS),
        lastAt: at(now, 11 * MINUTE_MS),
        lastQueryId: '20261121_103100_00031_abcde',
        sources: ['trino-cli', 'superset'],
      },
      {
        user: 'nightly-export',
        count: 2,
        firstAt: at(now, 9 * 60 * MINUTE_MS),
        lastAt: at(now, 8 * 60 * MINUTE_MS),
        lastQueryId: '20261121_021100_00003_abcde',
        sources: [],
      },
    ],
    total: 14,
    outages: [
      {
        message: 'Failed to query OPA backend: connection refused',
        count: 37,
        firstAt: at(now, 3 * 60 * MINUTE_MS),
        lastAt: at(now, 2.5 * 60 * MINUTE_MS),
      },
    ],
    ...overrides,
  };
}

/** What happened to all systems, newest first. */
export function mockTimeline(now = Date.now()): TimelineEvent[] {
  return [
    {
      id: 'e1',
      connection: 'sessions',
      kind: 'stampede',
      at: at(now, 18 * MINUTE_MS),
      until: at(now, 14 * MINUTE_MS),
      severity: 'critical',
      title: 'Stampede on personal-api:summary:, 1,310 fills too many',
      subject: 'personal-api:summary:',
    },
    {
      id: 'e2',
      connection: 'bi',
      kind: 'alert-fired',
      at: at(now, 20 * MINUTE_MS),
      severity: 'warning',
      title: 'Alert “Sales of the day are missing” fired',
      subject: 'Sales of the day are missing',
    },
    {
      id: 'e3',
      connection: 'prod-k8s',
      kind: 'oom-kill',
      at: at(now, 41 * MINUTE_MS),
      severity: 'critical',
      title: 'trino-worker-5d8f-1 was killed for lack of memory',
      subject: 'trino/Deployment/trino-worker',
    },
    {
      id: 'e4',
      connection: 'gateway',
      kind: 'backend-down',
      at: at(now, 50 * MINUTE_MS),
      severity: 'info',
      title: 'Backend bi-green does not answer',
      subject: 'bi-green',
    },
  ];
}
