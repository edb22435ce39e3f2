import {
  formatTableRef,
  type DashboardChart,
  type LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../observations/ObservationStore';

/** Adds to charts when the table behind them was last committed to, and whether their cached answer is older. */
export async function withDataChanges(
  dashboards: readonly LakehouseDashboard[],
  store: Pick<ObservationStore, 'lastCommits'>,
): Promise<LakehouseDashboard[]> {
  const tables = dashboards.flatMap(({ datasets }) =>
    datasets.flatMap(({ table }) => (table ? [table] : [])),
  );
  const commits = await store.lastCommits(tables);
  return dashboards.map(dashboard => {
    const changes = new Map(
      dashboard.datasets.flatMap(({ id, table }) => {
        const changedAt = table && commits.get(formatTableRef(table));
        return changedAt ? [[id, changedAt] as const] : [];
      }),
    );
    return {
      ...dashboard,
      charts: dashboard.charts.map(chart => withDataChange(chart, changes)),
    };
  });
}

function withDataChange(
  chart: DashboardChart,
  changes: ReadonlyMap<string, string>,
): DashboardChart {
  const { datasetId, cache, cachedAt } = chart;
  const dataChangedAt =
    datasetId === undefined ? undefined : changes.get(datasetId);
  if (dataChangedAt === undefined) return chart;
  return {
    ...chart,
    dataChangedAt,
    outdated:
      cache === 'cached' && cachedAt !== undefined
        ? Date.parse(cachedAt) < Date.parse(dataChangedAt)
        : undefined,
  };
}
