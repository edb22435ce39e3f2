import type {
  ClusterSample,
  ClusterView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockGap } from './mockConnections';
import { at, GIB, MINUTE_MS, seededRandom } from './mockTime';

export function mockCluster(
  overrides: Partial<ClusterView> = {},
  now = Date.now(),
): ClusterView {
  const random = seededRandom(7);
  const total = 96 * GIB;
  const series: ClusterSample[] = [];
  const concurrency: Array<ClusterView['concurrency'][number]> = [];
  for (let minute = 60; minute >= 0; minute -= 0.5) {
    const sampledAt = at(now, minute * MINUTE_MS);
    const load = 0.45 + 0.3 * Math.sin(minute / 9) + 0.1 * random();
    const reserved = Math.round(total * load);
    const revocable = Math.round(total * 0.05 * random());
    const hidden = minute < 31 && minute > 22;
    const etl = Math.round(4 + 3 * Math.sin(minute / 7) + random());
    const adhoc = Math.round(3 + 3 * random());
    const analytics = Math.round(6 + 4 * Math.sin(minute / 5));
    const queued = load > 0.75 ? Math.round(random() * 8) : 0;
    series.push({
      connection: 'analytics',
      sampledAt,
      memory: hidden
        ? undefined
        : {
            totalBytes: total,
            reservedBytes: reserved,
            revocableBytes: revocable,
            freeBytes: total - reserved - revocable,
            blockedNodes: load > 0.8 ? 1 : 0,
            oomKills: minute < 14 ? 3 : 2,
          },
      queries: {
        running: etl + adhoc + analytics,
        queued,
        completed: Math.round(10_000 - minute * 20),
        failed: Math.round(240 - minute * 0.2),
      },
      nodes: { active: minute > 40 ? 5 : 4, inactive: 0, shuttingDown: 0 },
    });
    concurrency.push({
      sampledAt,
      groups: [
        { path: 'global', running: etl + adhoc + analytics, queued },
        { path: 'global.etl', running: etl, queued: 0 },
        { path: 'global.analytics', running: analytics, queued },
        { path: 'global.adhoc', running: adhoc, queued: 0 },
      ],
    });
  }
  const latest = series[series.length - 1];
  return {
    connection: 'analytics',
    title: 'Analytics cluster',
    version: '476',
    uiUrl: 'http://trino.example:8080',
    observedAt: latest.sampledAt,
    staleAfterSeconds: 60,
    latest,
    series,
    nodes: ['coordinator', 'worker-1', 'worker-2', 'worker-3'].map(
      (nodeId, index) => ({
        nodeId,
        address: `http://10.0.0.${10 + index}:8080`,
        version: '476',
        coordinator: index === 0,
        state: index === 3 ? 'shutting_down' : 'active',
      }),
    ),
    resourceGroups: [
      {
        path: 'global.etl',
        state: 'CAN_RUN',
        running: 5,
        queued: 0,
        hardConcurrencyLimit: 10,
        maxQueued: 100,
        softMemoryLimitBytes: 40 * GIB,
        memoryUsageBytes: 12 * GIB,
      },
      {
        path: 'global.analytics',
        state: 'FULL',
        running: 20,
        queued: 7,
        hardConcurrencyLimit: 20,
        maxQueued: 200,
        softMemoryLimitBytes: 60 * GIB,
        memoryUsageBytes: 51 * GIB,
      },
      { path: 'global.adhoc', state: 'CAN_RUN', running: 3, queued: 0 },
    ],
    concurrency,
    gaps: [mockGap()],
    ...overrides,
  };
}
