import type { AlertState } from '@lakehouse-ops/plugin-lakehouse-common';

/** Superset's own default of `working_timeout`. */
const DEFAULT_WORKING_TIMEOUT_SECONDS = 3600;

/** What one word of Superset's means. */
export function alertStateOf(options: {
  /** `last_state`, or the state of a row of the log. */
  word: string | undefined;
  kind: 'alert' | 'report';
}): AlertState {
  switch (options.word) {
    case undefined:
      return 'never-run';
    case 'Success':
      return options.kind === 'report' ? 'sent' : 'fired';
    case 'Not triggered':
      return 'healthy';
    case 'On Grace':
      return 'not-evaluated';
    case 'Working':
      return 'running';
    default:
      return 'error';
  }
}

/** Whether a run goes on for longer than Superset lets it: its worker has died. */
export function isStuck(options: {
  since: string | undefined;
  workingTimeoutSeconds?: number;
  nowMs: number;
}): boolean {
  const sinceMs = Date.parse(options.since ?? '');
  const timeoutSeconds =
    options.workingTimeoutSeconds ?? DEFAULT_WORKING_TIMEOUT_SECONDS;
  return options.nowMs - sinceMs > timeoutSeconds * 1000;
}
