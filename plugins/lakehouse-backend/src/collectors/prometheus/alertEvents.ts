import { createHash } from 'node:crypto';
import type {
  MetricsAlert,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** How rules usually call it, in what we call it. */
const SEVERITIES: Readonly<Record<string, TimelineEvent['severity']>> = {
  critical: 'critical',
  page: 'critical',
  error: 'critical',
  high: 'critical',
  info: 'info',
  none: 'info',
};

/**
 * Events of alerts that began to fire or ceased to. The id is of the alert's labels
 * and its beginning, so that it is the same whoever tells it.
 *
 * @param before - alerts at the last look; missing at the first
 */
export function alertEvents(options: {
  at: string;
  before?: readonly MetricsAlert[];
  now: readonly MetricsAlert[];
}): TimelineEvent[] {
  const { at, before = [] } = options;
  const firing = eventsOf(options.now, at);
  const ended = [...eventsOf(before, at)].filter(([id]) => !firing.has(id));
  const known = eventsOf(before, at);
  return [
    ...[...firing.values()].filter(({ id }) => !known.has(id)),
    ...ended.map(([, event]) => ({ ...event, until: at })),
  ];
}

function eventsOf(
  alerts: readonly MetricsAlert[],
  at: string,
): Map<string, TimelineEvent> {
  return new Map(
    alerts
      .filter(({ state }) => state === 'firing')
      .map(alert => {
        const event = eventOf(alert, at);
        return [event.id, event];
      }),
  );
}

function eventOf(alert: MetricsAlert, at: string): TimelineEvent {
  const labels = Object.entries(alert.labels).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const digest = createHash('sha256')
    .update(JSON.stringify(labels))
    .digest('hex')
    .slice(0, 16);
  const where = alert.of ?? alert.labels.instance;
  return {
    id: `alert-fired/${digest}/${alert.activeAt ?? ''}`,
    connection: alert.connection,
    kind: 'alert-fired',
    at: alert.activeAt ?? at,
    severity: SEVERITIES[alert.severity?.toLowerCase() ?? ''] ?? 'warning',
    title: `${alert.name}${where ? ` (${where})` : ''}${
      alert.summary ? `: ${alert.summary}` : ' fires'
    }`,
    subject: alert.name,
  };
}
