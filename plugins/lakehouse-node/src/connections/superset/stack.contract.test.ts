import { supersetContract } from '../../testing/superset';
import { createSupersetTestConfig } from '../../testing/superset/createSupersetTestConfig';
import { DefaultSupersetConnection } from './DefaultSupersetConnection';
import type { SupersetChart, SupersetConnection } from './SupersetConnection';

/** Set by `node stack/cli.mjs env`; without them there is no real server to run on. */
const {
  STACK_SUPERSET_URL: url,
  STACK_SUPERSET_USER: user = 'admin',
  STACK_SUPERSET_PASSWORD: password = 'admin',
} = process.env;

function connect(options: { url: string; password: string }) {
  return DefaultSupersetConnection.create({
    config: createSupersetTestConfig({
      url: options.url,
      auth: {
        type: 'password',
        user,
        password: options.password,
        provider: 'db',
      },
    }),
  });
}

/** Databases behind charts may be down; the contract is not about them. */
async function firstWorking(
  connection: SupersetConnection,
  charts: readonly SupersetChart[],
) {
  for (const chart of charts) {
    if ((await connection.warmChart(chart.id)).ok) return chart;
  }
  return undefined;
}

if (url) {
  supersetContract({
    name: 'a real Superset',
    open: async () => {
      const connection = connect({ url, password });
      const stranger = connect({ url, password: `${password}-wrong` });
      const dashboards = await connection.dashboards();
      const charts = await connection.charts();
      const alerts = await connection.alerts();
      const chart = await firstWorking(
        connection,
        charts.items.filter(
          one => one.datasetId && one.dashboardIds.length > 0,
        ),
      );
      const dashboard = dashboards.items.find(
        one => one.published && chart?.dashboardIds.includes(one.id),
      );
      const alert = alerts.items.find(
        one => one.type === 'alert' && one.active && one.lastState,
      );
      if (!chart?.datasetId || !dashboard || !alert) {
        throw new Error(
          `The stack has no dashboard with a chart, or no alert that has run: ${JSON.stringify(
            { chart, dashboard, alert },
          )}`,
        );
      }
      return {
        connection,
        stranger,
        dashboardId: dashboard.id,
        chartId: chart.id,
        datasetId: chart.datasetId,
        alertId: alert.id,
        async close() {
          await Promise.all([connection.close(), stranger.close()]);
        },
      };
    },
  });
}

describe('the contract on a real Superset', () => {
  it('runs when the variables of the stack are set', () => {
    expect(url).toBe(process.env.STACK_SUPERSET_URL);
  });
});
