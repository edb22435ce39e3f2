import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';

/** What to tell about the state of a run. */
export interface Outcome {
  readonly severity: 'success' | 'info' | 'warning' | 'error';
  readonly title: string;
  /** Each a sentence or two: what happened, what was done, what to do. */
  readonly lines: readonly string[];
}

function errorLines({ error }: Run): string[] {
  if (!error) return [];
  const { message, alreadyDone, nextStep } = error;
  return [
    message,
    ...(alreadyDone ? [`Already done: ${alreadyDone}`] : []),
    ...(nextStep ? [`What next: ${nextStep}`] : []),
  ];
}

function stepTitle({ error, steps }: Run): string | undefined {
  return steps.find(({ id }) => id === error?.step)?.title ?? error?.step;
}

function succeeded({ verification }: Run): Outcome {
  if (!verification || verification.outcome === 'verified') {
    return {
      severity: 'success',
      title: verification ? 'Done, and verified' : 'Done',
      lines: verification ? [verification.summary] : [],
    };
  }
  return {
    severity: 'warning',
    title:
      verification.outcome === 'not-verified'
        ? 'It ran, but the effect was not seen'
        : 'It ran, but the effect could not be checked',
    lines: [verification.summary],
  };
}

/** Says in words where a run stands. */
export function describeOutcome(run: Run): Outcome {
  const step = stepTitle(run);
  switch (run.state) {
    case 'succeeded':
      return succeeded(run);
    case 'failed':
      return {
        severity: 'error',
        title: step ? `Failed at "${step}"` : 'Failed',
        lines: errorLines(run),
      };
    case 'cancelled':
      return {
        severity: 'warning',
        title: run.cancelRequestedBy
          ? `Cancelled by ${run.cancelRequestedBy}`
          : 'Cancelled',
        lines: errorLines(run),
      };
    case 'outcome-unknown':
      return {
        severity: 'warning',
        title: 'Nobody can tell whether it took effect',
        lines: run.error
          ? errorLines(run)
          : [
              `Look at the ${run.target.kind} itself before you run this again.`,
            ],
      };
    default:
      return {
        severity: 'info',
        title:
          run.state === 'verifying'
            ? 'Done; reading again to verify'
            : 'Running',
        lines: run.cancelRequestedBy
          ? [
              `${run.cancelRequestedBy} asked it to stop. It stops as soon as its step can; what is done stays done.`,
            ]
          : [],
      };
  }
}

/** Whether a run can still be asked to stop. */
export function canCancel(run: Run): boolean {
  return !isFinalRunState(run.state) && !run.cancelRequestedBy;
}
