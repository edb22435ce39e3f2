import type {
  DashboardsView,
  LakehouseAlert,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** The alerts and reports of one dashboard and of its charts. */
export function alertsOf(
  view: DashboardsView,
  dashboard: LakehouseDashboard,
): LakehouseAlert[] {
  const charts = dashboard.charts.map(({ id }) => id);
  return view.alerts.filter(
    ({ dashboardId, chartId }) =>
      dashboardId === dashboard.id ||
      (chartId !== undefined && charts.includes(chartId)),
  );
}
