import type {
  AlertRun,
  DashboardsView,
  LakehouseAlert,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockTable } from './mockTables';
import { at, MINUTE_MS } from './mockTime';

const HOUR_MS = 60 * MINUTE_MS;

function mockRuns(now: number): AlertRun[] {
  return Array.from({ length: 24 }, (_, index) => {
    const startedAt = at(now, index * HOUR_MS + 20 * MINUTE_MS);
    const run = { id: String(900 - index), scheduledAt: startedAt, startedAt };
    if (index === 7) {
      return {
        ...run,
        state: 'error' as const,
        errorMessage: 'Trino: Query exceeded the maximum run time of 5.00m',
      };
    }
    return index < 2
      ? { ...run, state: 'fired' as const, value: 3 }
      : { ...run, state: 'healthy' as const, value: 40 + index };
  });
}

/** An alert that fired; its runs come with `getAlert` only. */
export function mockAlert(
  overrides: Partial<LakehouseAlert> = {},
  now = Date.now(),
): LakehouseAlert {
  return {
    connection: 'bi',
    id: '4',
    name: 'Sales of the day are missing',
    kind: 'alert',
    state: 'fired',
    sourceState: 'Success',
    summary: 'fired 20 min ago, value 3 is below 5',
    active: true,
    lastValue: 3,
    condition: '< 5',
    lastEvaluatedAt: at(now, 20 * MINUTE_MS),
    nextRunAt: at(now, -40 * MINUTE_MS),
    crontab: '0 * * * *',
    timezone: 'Europe/Berlin',
    owners: ['Olivia'],
    dashboardId: '11',
    uiUrl: 'http://superset.example:8088/alert/4',
    ...overrides,
  };
}

/** The same alert as its own call answers, with its execution log. */
export function mockAlertWithRuns(
  alert: LakehouseAlert,
  now = Date.now(),
): LakehouseAlert {
  return { ...alert, runs: mockRuns(now) };
}

export function mockDashboard(
  overrides: Partial<LakehouseDashboard> = {},
  now = Date.now(),
): LakehouseDashboard {
  return {
    connection: 'bi',
    id: '11',
    uuid: '0f8d3a4e-7c61-4d8a-9b61-2f0a4ac3b411',
    title: 'Sales',
    published: true,
    owners: ['Olivia', 'Owen'],
    changedAt: at(now, 3 * 24 * HOUR_MS),
    observedAt: at(now, 30_000),
    uiUrl: 'http://superset.example:8088/superset/dashboard/11/',
    charts: [
      {
        id: '31',
        name: 'Sales by day',
        datasetId: '7',
        datasetName: 'daily_sales',
        reads: 'lake.gold.daily_sales',
        cache: 'cached',
        cachedAt: at(now, 3 * HOUR_MS),
        cacheTimeoutSeconds: 86_400,
        dataChangedAt: at(now, 12 * MINUTE_MS),
        outdated: true,
      },
      {
        id: '32',
        name: 'Orders by country',
        datasetId: '8',
        datasetName: 'orders',
        reads: 'lake.silver.orders',
        cache: 'cached',
        cachedAt: at(now, 5 * MINUTE_MS),
        dataChangedAt: at(now, 12 * MINUTE_MS),
        outdated: false,
      },
      {
        id: '33',
        name: 'Returns',
        datasetId: '8',
        datasetName: 'orders',
        reads: 'lake.silver.orders',
        cache: 'not-cached',
      },
      {
        id: '34',
        name: 'Targets',
        datasetId: '9',
        datasetName: 'targets',
        reads: 'public.targets',
        cache: 'unknown',
      },
    ],
    datasets: [
      {
        id: '7',
        name: 'daily_sales',
        database: 'Trino analytics',
        table: mockTable().ref,
        reads: 'lake.gold.daily_sales',
      },
      {
        id: '8',
        name: 'orders',
        database: 'Trino analytics',
        table: { ...mockTable().ref, schema: 'silver', table: 'orders' },
        reads: 'lake.silver.orders',
      },
      {
        id: '9',
        name: 'targets',
        database: 'PostgreSQL',
        reads: 'public.targets',
      },
    ],
    ...overrides,
  };
}

/** A Superset with alerts in several states, one dashboard outdated. */
export function mockDashboards(
  overrides: Partial<DashboardsView> = {},
  now = Date.now(),
): DashboardsView {
  const connection = overrides.connection ?? 'bi';
  return {
    connection,
    title: 'Superset',
    version: '6.1.0',
    observedAt: at(now, 30_000),
    staleAfterSeconds: 300,
    alerts: [
      mockAlert({ connection }, now),
      mockAlert(
        {
          connection,
          id: '5',
          name: 'Export has stalled',
          dashboardId: undefined,
          state: 'stuck',
          sourceState: 'Working',
          summary: 'has been running for 3 h, its limit is 1 h',
          lastValue: undefined,
        },
        now,
      ),
      mockAlert(
        {
          connection,
          id: '6',
          name: 'Orders fell',
          dashboardId: '12',
          state: 'healthy',
          sourceState: 'Not triggered',
          summary: 'not triggered, value 812 is not below 100',
          lastValue: 812,
        },
        now,
      ),
      mockAlert(
        {
          connection,
          id: '7',
          name: 'Weekly report',
          kind: 'report',
          dashboardId: undefined,
          state: 'sent',
          sourceState: 'Success',
          summary: 'sent on Monday 08:00',
          lastValue: undefined,
        },
        now,
      ),
    ],
    dashboards: [
      mockDashboard({ connection }, now),
      mockDashboard(
        {
          connection,
          id: '12',
          uuid: 'b1',
          title: 'Customers',
          owners: ['Owen'],
          charts: [
            {
              id: '41',
              name: 'New customers',
              datasetId: '10',
              datasetName: 'customers',
              reads: 'lake.silver.customers',
              cache: 'cached',
              cachedAt: at(now, 8 * MINUTE_MS),
              outdated: false,
            },
          ],
          datasets: [
            {
              id: '10',
              name: 'customers',
              database: 'Trino analytics',
              table: {
                ...mockTable().ref,
                schema: 'silver',
                table: 'customers',
              },
              reads: 'lake.silver.customers',
            },
          ],
        },
        now,
      ),
    ],
    gaps: [],
    ...overrides,
  };
}
