import type { SupersetAlert } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import type { AlertExecution } from './alertExecution';

/** What Superset's word for the end of a run means, in plain words. */
function meaningOf(
  state: string,
  type: SupersetAlert['type'],
): { words: string; ran: boolean } {
  switch (state) {
    case 'Success':
      return type === 'report'
        ? { words: 'was sent', ran: true }
        : { words: 'fired, and its recipients were notified', ran: true };
    case 'Not triggered':
      return { words: 'was evaluated and is healthy', ran: true };
    case 'On Grace':
      return {
        words: 'was not evaluated: it is in its grace period',
        ran: false,
      };
    case 'Working':
      return {
        words: 'was not run: an earlier run goes on, or its worker has died',
        ran: false,
      };
    default:
      return { words: 'was run and failed', ran: true };
  }
}

/** Tells what came of a run, and whether the schedule is what it was. */
export function verifyAlertRun(options: {
  alert: SupersetAlert;
  output: AlertExecution['output'];
  /** The schedule of before, where it was changed. */
  crontab?: string;
}): Verification {
  const { alert, output, crontab } = options;
  const metrics = [
    { label: 'State', unit: 'text' as const, after: output.state },
    ...(output.value === undefined
      ? []
      : [{ label: 'Value', unit: 'count' as const, after: output.value }]),
  ];
  if (crontab !== undefined && alert.crontab !== crontab) {
    return {
      outcome: 'not-verified',
      summary: `Its schedule is ${
        alert.crontab ?? 'unknown'
      } instead of ${crontab}: set it back in Superset.`,
      metrics,
    };
  }
  const { words, ran } = meaningOf(output.state, alert.type);
  const value = output.value === undefined ? '' : `, value ${output.value}`;
  const error =
    output.error && output.state === 'Error' ? `: ${output.error}` : '';
  return {
    outcome: ran ? 'verified' : 'not-verified',
    summary: `'${alert.name}' ${words}${value}${error}.`,
    metrics,
  };
}
