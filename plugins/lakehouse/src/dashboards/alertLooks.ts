import type {
  AlertState,
  HealthStatus,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';

/** What an alert's state means for who looks after it. */
export const ALERT_STATUS: Record<AlertState, HealthStatus> = {
  fired: 'breached',
  error: 'breached',
  stuck: 'breached',
  'not-evaluated': 'at-risk',
  running: 'unknown',
  'never-run': 'unknown',
  inactive: 'unknown',
  sent: 'healthy',
  healthy: 'healthy',
};

/** The words for an alert's state. */
export const ALERT_WORDS: Record<AlertState, string> = {
  fired: 'Fired',
  error: 'Failed to run',
  stuck: 'Stuck',
  'not-evaluated': 'Not evaluated',
  running: 'Running',
  'never-run': 'Never ran',
  inactive: 'Switched off',
  sent: 'Sent',
  healthy: 'Healthy',
};

/** Whether charts of a dashboard show what is older than the data. */
export function dashboardFreshness(dashboard: LakehouseDashboard): {
  status: HealthStatus;
  text: string;
} {
  const { charts } = dashboard;
  const outdated = charts.filter(chart => chart.outdated).length;
  if (outdated > 0) {
    return {
      status: 'at-risk',
      text: `${formatCount(outdated)} of ${formatNumberOf(
        charts.length,
        'chart',
      )} ${outdated === 1 ? 'shows' : 'show'} older data than the table has`,
    };
  }
  const unknown = charts.filter(({ cache }) => cache === 'unknown').length;
  return unknown === charts.length && charts.length > 0
    ? { status: 'unknown', text: 'Age of its cached charts is not known' }
    : { status: 'healthy', text: 'No chart is older than its data' };
}
