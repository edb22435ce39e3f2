import type { DashboardsView } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  ALERT_STATUS,
  dashboardFreshness,
  invalidateRun,
  runAlertRun,
} from '../dashboards';
import type { UrlPatch } from '../url';
import type { Concern } from './Concern';

/** Alerts that fired or could not run, and dashboards that show old data. */
export function dashboardConcerns(view: DashboardsView): Concern[] {
  const { connection } = view;
  const shared = { system: 'superset' as const, connection };
  const shows = (open: UrlPatch) => ({
    tab: 'dashboards' as const,
    open: { on: connection, ...open },
  });
  return [
    ...view.alerts
      .filter(({ state }) =>
        ['breached', 'at-risk'].includes(ALERT_STATUS[state]),
      )
      .map(alert => ({
        ...shared,
        id: `${connection} alert ${alert.id}`,
        status: ALERT_STATUS[alert.state],
        name: alert.name,
        text: alert.summary,
        since: alert.lastEvaluatedAt,
        subject:
          alert.dashboardId === undefined
            ? undefined
            : {
                kind: 'dashboard' as const,
                connection,
                id: alert.dashboardId,
                uuid: view.dashboards.find(({ id }) => id === alert.dashboardId)
                  ?.uuid,
              },
        action: { ...runAlertRun(alert), label: 'Run now' },
        show: shows({ alert: alert.id }),
      })),
    ...view.dashboards.flatMap(dashboard => {
      const { status, text } = dashboardFreshness(dashboard);
      if (status !== 'at-risk') return [];
      const chart = dashboard.charts.find(({ outdated }) => outdated);
      const run = chart && invalidateRun(connection, chart);
      return [
        {
          ...shared,
          id: `${connection} dashboard ${dashboard.id}`,
          status,
          name: dashboard.title,
          text,
          subject: {
            kind: 'dashboard' as const,
            connection,
            id: dashboard.id,
            uuid: dashboard.uuid,
          },
          action: run && { ...run, label: 'Drop from cache' },
          show: shows({ dashboard: dashboard.id }),
        },
      ];
    }),
  ];
}
