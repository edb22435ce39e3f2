import type { SupersetAlert } from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { EVERY_MINUTE } from './alertSchedule';

/** Tells what running an alert does, and by which way. */
export function previewAlertRun(
  alert: SupersetAlert,
  mode: 'at once' | 'by schedule',
): PreviewContent {
  const isReport = alert.type === 'report';
  const changesSchedule =
    mode === 'by schedule' && alert.crontab !== EVERY_MINUTE;
  return {
    summary: isReport
      ? `Superset makes report '${alert.name}' now and sends it to its recipients.`
      : `Superset evaluates alert '${alert.name}' now, and notifies its recipients if it fires.`,
    changes: [
      {
        label: 'State',
        before: alert.lastState ?? 'never run',
        after: isReport ? 'Success, or Error' : 'what its query finds',
        unit: 'text',
      },
      ...(changesSchedule
        ? [
            {
              label: 'Schedule, until it has run',
              before: alert.crontab ?? '–',
              after: EVERY_MINUTE,
              unit: 'text' as const,
            },
          ]
        : []),
    ],
    untouched: [
      'Its query, its condition and its recipients.',
      ...(changesSchedule
        ? ['Its schedule, once it has run or the run is cancelled.']
        : []),
    ],
    warnings: [
      ...(isReport ? ['Its recipients get a message they do not expect.'] : []),
      ...(changesSchedule
        ? [
            'This Superset can’t run it at once: it runs at the next full minute. Should setting its schedule back fail, the run says so.',
          ]
        : []),
      ...(alert.lastState === 'Working'
        ? [
            'It is running, or its worker has died: Superset will not begin another run.',
          ]
        : []),
      ...(alert.lastState === 'On Grace'
        ? ['It is in its grace period: Superset will not evaluate it.']
        : []),
    ],
  };
}
