import type {
  DashboardChart,
  LakehouseAlert,
  LakehouseDashboard,
  SliFilter,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { textPattern } from '../queries/textPattern';
import { MINUTE_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import {
  gapIn,
  gapsOf,
  minutesOf,
  unseen,
  type Look,
  type LookResult,
  type LookTime,
} from './Look';
import type { MinuteLook } from './replaceMinutes';

/** A look that is older tells nothing of now. */
const STALE_MS = 15 * MINUTE_MS;

const BAD_STATES: ReadonlySet<LakehouseAlert['state']> = new Set([
  'fired',
  'error',
  'stuck',
] as const);

/** Alerts that are neither fired, failed nor stuck, as they were seen last. */
export const lookAtAlerts: Look = async options => {
  const { store, connection, series, time } = options;
  const seen = await store.dashboards.alerts(connection);
  if (!seen) return unseen(series, 'the alerts have not been looked at yet');
  const gaps = await gapsOf(store, connection, { time, subjects: ['alerts'] });
  return lookAtEach(series, { ...options, gaps, seenAt: seen.at }, filter => {
    const alerts = seen.alerts.filter(
      alert => alert.active && isAlert(alert, filter),
    );
    return {
      good: alerts.filter(({ state }) => !BAD_STATES.has(state)).length,
      total: alerts.length,
      none: 'no active alert matches',
    };
  });
};

/** Charts that show no old data, as they were seen last. */
export const lookAtDashboards: Look = async options => {
  const { store, connection, series, time } = options;
  const seen = await store.dashboards.dashboards(connection);
  if (!seen) {
    return unseen(series, 'the dashboards have not been looked at yet');
  }
  const gaps = await gapsOf(store, connection, {
    time,
    subjects: ['dashboards', 'charts.cache'],
  });
  return lookAtEach(series, { ...options, gaps, seenAt: seen.at }, filter => {
    const charts = seen.dashboards
      .filter(dashboard => isDashboard(dashboard, filter))
      .flatMap(dashboard => dashboard.charts);
    const told = charts.map(isUpToDate).filter(one => one !== undefined);
    return {
      good: told.filter(Boolean).length,
      total: told.length,
      none: 'of no chart that matches it is known how old its data are',
    };
  });
};

function isAlert({ id, name }: LakehouseAlert, { alert = '*' }: SliFilter) {
  const matches = textPattern(alert);
  return matches(id) || matches(name);
}

function isDashboard(
  { id, uuid = '', title }: LakehouseDashboard,
  { dashboard = '*' }: SliFilter,
) {
  const matches = textPattern(dashboard);
  return matches(id) || matches(uuid) || matches(title);
}

/** What is not cached is read anew when it is shown. */
function isUpToDate({ cache, outdated }: DashboardChart): boolean | undefined {
  if (cache === 'not-cached') return true;
  return cache === 'cached' && outdated !== undefined ? !outdated : undefined;
}

function lookAtEach(
  series: readonly SloSeries[],
  seen: {
    time: LookTime;
    gaps: Parameters<typeof gapIn>[0];
    seenAt: string;
  },
  count: (filter: SliFilter) => MinuteLook & { none: string },
): ReadonlyMap<string, LookResult> {
  const { time, gaps, seenAt } = seen;
  return new Map(
    series.map(({ id, source }): [string, LookResult] => {
      const minutes = new Map<number, MinuteLook>();
      const { good, total, none } = count(
        source.type === 'lakehouse' ? source.filter : {},
      );
      let problem: string | undefined = total ? undefined : none;
      for (const minuteMs of total ? minutesOf(time) : []) {
        const gap = gapIn(gaps, minuteMs);
        problem =
          gap?.reason ??
          (minuteMs - Date.parse(seenAt) > STALE_MS
            ? `they were last looked at ${seenAt}`
            : undefined);
        if (problem === undefined) minutes.set(minuteMs, { good, total });
      }
      return [id, { minutes, problem }];
    }),
  );
}
