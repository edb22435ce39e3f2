import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { JsonObject } from '@backstage/types';
import type { CrashCase } from './CrashCase';

/** The actions that only read: whenever the process dies, they read again. */
export function readingCases(superset: SupersetConnection): CrashCase[] {
  const reads = (
    actionId: string,
    parameters: () => JsonObject | Promise<JsonObject>,
    wave: CrashCase['wave'] = 1,
  ): CrashCase => ({
    actionId,
    wave,
    prepare: async () => ({
      parameters: await parameters(),
      look: async () => 'done',
    }),
  });
  const cluster = { connection: 'analytics' };

  return [
    reads('trino:check', () => ({ ...cluster, sql: 'SELECT 1 AS one' })),
    reads('trino:check-cluster', () => cluster),
    reads('trino:check-queries', () => cluster),
    reads('trino:check-table', () => ({
      ...cluster,
      catalog: 'iceberg',
      schema: 'lake',
      table: 'daily_sales',
    })),
    reads('redis:check-cache', () => ({ connection: 'cache', seconds: 1 })),
    reads('redis:inspect-prefix', () => ({
      connection: 'cache',
      pattern: 'crash-*',
    })),
    reads('superset:check-alert', async () => {
      const [{ id }] = (await superset.alerts()).items;
      return { connection: superset.id, alertId: id };
    }),
    // It computes charts that are not cached, which another case counts on.
    reads(
      'superset:check-dashboard',
      async () => {
        const [{ id }] = (await superset.dashboards()).items;
        return { connection: superset.id, dashboardId: id };
      },
      2,
    ),
    reads('gateway:check-backend', () => ({
      connection: 'gateway',
      backend: 'trino-adhoc',
    })),
    reads('kubernetes:check-workload', () => ({
      connection: 'sandbox',
      namespace: 'lakehouse',
      kind: 'Deployment',
      name: 'superset',
    })),
    reads('prometheus:check', () => ({
      connection: 'prometheus',
      expression: 'vector(1)',
    })),
    reads('http:check', () => ({ endpoint: 'superset' })),
  ];
}
