import { setTimeout as sleep } from 'node:timers/promises';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { CrashCase } from './CrashCase';

const SHORT_ANSWERS_MS = 2_500;
const NEVER = '7 3 1 1 *';

/** The Superset actions, on what the stack's Superset was seeded with. */
export function supersetCases(superset: SupersetConnection): CrashCase[] {
  /** A chart that can be computed, of the dashboard that is `place` in the list. */
  async function findChart() {
    const { items: charts } = await superset.charts();
    for (const { id } of (await superset.dashboards()).items) {
      const own = charts.filter(chart => chart.dashboardIds.includes(id));
      const warm = await Promise.all(
        own.map(chart => superset.warmChart(chart.id)),
      );
      if (own[0]?.datasetId && warm.every(({ ok }) => ok)) {
        return { dashboardId: id, chart: own[0], charts: own };
      }
    }
    throw new Error('No dashboard has charts that can all be computed.');
  }

  return [
    {
      actionId: 'superset:invalidate-cache',
      wave: 1,
      async prepare() {
        const { chart } = await findChart();
        const datasetId = chart.datasetId ?? '';
        // Superset stops at the first listed key that is gone: begin with none.
        await superset.invalidateDataset(datasetId);
        await superset.warmChart(chart.id);
        const { charts } = await superset.datasetUse(datasetId);
        const cached = async () => {
          const answers = new Map<string, string>();
          for (const { id } of charts) {
            const seen = await superset.chartCache(id);
            if (seen.state === 'cached') answers.set(id, String(seen.cachedAt));
          }
          return answers;
        };
        const before = await cached();
        // Looking leaves an answer behind for a second.
        await sleep(SHORT_ANSWERS_MS);
        return {
          parameters: { connection: superset.id, datasetId },
          look: async () => {
            const now = await cached();
            // One that was computed anew, to prove it, is another answer.
            const left = [...before].filter(
              ([id, cachedAt]) => now.get(id) === cachedAt,
            );
            if (left.length === 0) return 'done';
            return left.length === before.size ? 'not-done' : 'partly';
          },
        };
      },
    },
    {
      actionId: 'superset:warm-dashboard',
      wave: 2,
      async prepare() {
        const { dashboardId, charts } = await findChart();
        for (const { datasetId } of charts) {
          if (datasetId) await superset.invalidateDataset(datasetId);
        }
        return {
          parameters: { connection: superset.id, dashboardId },
          look: async () => {
            const states = await Promise.all(
              charts.map(
                async ({ id }) => (await superset.chartCache(id)).state,
              ),
            );
            const warm = states.filter(state => state === 'cached').length;
            if (warm === charts.length) return 'done';
            return warm === 0 ? 'not-done' : 'partly';
          },
        };
      },
    },
    {
      actionId: 'superset:run-alert-now',
      wave: 1,
      mayBeUnknown: () =>
        'its worker may have taken the alert from its queue, and tells so only when it is done',
      async prepare() {
        const { items } = await superset.alerts();
        const alert = items.find(
          ({ lastState }) => lastState === 'Not triggered',
        );
        if (!alert) throw new Error('No alert is healthy.');
        const crontab = alert.crontab ?? '* * * * *';
        await superset.setAlertSchedule(alert.id, NEVER);
        const [last] = await superset.alertLog(alert.id, { limit: 1 });
        const since = async () =>
          (await superset.alertLog(alert.id, { limit: 20 })).filter(
            ({ id }) => Number(id) > Number(last.id),
          );
        return {
          parameters: {
            connection: superset.id,
            alertId: alert.id,
            allowScheduleChange: true,
          },
          look: async () => {
            const { crontab: now } = await superset.alert(alert.id);
            // A schedule that was left changed is an effect that nobody asked for.
            if (now !== NEVER) return 'partly';
            return (await since()).length > 0 ? 'done' : 'not-done';
          },
          clear: async () => {
            await superset.setAlertSchedule(alert.id, crontab);
          },
        };
      },
    },
  ];
}
