import type {
  DashboardChart,
  LakehouseAlert,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Takes a chart's dataset out of the cache; nothing for a chart without one. */
export function invalidateRun(connection: string, chart: DashboardChart) {
  const { datasetId } = chart;
  return datasetId === undefined
    ? undefined
    : {
        runbookId: 'superset:invalidate-cache',
        target: {
          system: 'superset',
          connection,
          kind: 'dataset',
          name: datasetId,
        },
        parameters: { connection, datasetId },
      };
}

/** Makes a dashboard's charts anew, so that they are in the cache. */
export function warmRun(dashboard: LakehouseDashboard) {
  const { connection, id } = dashboard;
  return {
    runbookId: 'superset:warm-dashboard',
    target: { system: 'superset', connection, kind: 'dashboard', name: id },
    parameters: { connection, dashboardId: id },
  };
}

/** Evaluates an alert now. */
export function runAlertRun(alert: LakehouseAlert) {
  const { connection, id } = alert;
  return {
    runbookId: 'superset:run-alert-now',
    target: { system: 'superset', connection, kind: 'alert', name: id },
    parameters: { connection, alertId: id },
  };
}
