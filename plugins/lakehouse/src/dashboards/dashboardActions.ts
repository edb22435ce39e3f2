import type {
  DashboardChart,
  LakehouseAlert,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Takes a chart's dataset out of the cache; nothing for a chart without one. */
export function invalidateRun(connection: string, chart: DashboardChart) {
  const { datasetId, datasetName } = chart;
  return datasetId === undefined
    ? undefined
    : {
        runbookId: 'superset:invalidate-cache',
        target: {
          system: 'superset',
          connection,
          kind: 'dataset',
          name: datasetName ?? datasetId,
        },
        parameters: { connection, dataset: datasetId },
      };
}

/** Makes a dashboard's charts anew, so that they are in the cache. */
export function warmRun(dashboard: LakehouseDashboard) {
  const { connection, id, title } = dashboard;
  return {
    runbookId: 'superset:warm-dashboard',
    target: { system: 'superset', connection, kind: 'dashboard', name: title },
    parameters: { connection, dashboard: id },
  };
}

/** Evaluates an alert now. */
export function runAlertRun(alert: LakehouseAlert) {
  const { connection, id, name } = alert;
  return {
    runbookId: 'superset:run-alert-now',
    target: { system: 'superset', connection, kind: 'alert', name },
    parameters: { connection, alert: id },
  };
}
