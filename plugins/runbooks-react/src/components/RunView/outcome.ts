import {
  isFinalRunState,
  type Run,
  type RunWaiting,
  type Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { personName } from '../labels/PersonText';
import { groupRunSteps } from './timeline/groupRunSteps';
import { stepTitle } from './waiting/stepTitle';

/**
 * What to tell about the state of a run.
 *
 * @public
 */
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

function failedStep(run: Run): string | undefined {
  return run.error?.step ? stepTitle(run, run.error.step) : undefined;
}

/** Of the run, or of the last of its steps that was verified. */
function proofOf({ verification, steps }: Run): Verification | undefined {
  const told = steps.flatMap(step => step.verification ?? []);
  return verification ?? told[told.length - 1];
}

function succeeded(run: Run): Outcome {
  const verification = proofOf(run);
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

/** What came of the steps, when the backend has not put it in a sentence. */
function stoppedLines(run: Run): string[] {
  if (run.error) return errorLines(run);
  const groups = groupRunSteps(run.steps, run.preview.steps).flatMap(
    section => section.groups,
  );
  const named = (...states: string[]) =>
    groups
      .filter(({ state }) => states.includes(state))
      .map(({ title }) => `"${title}"`)
      .join(', ');
  const done = named('succeeded');
  const begun = named('cancelled', 'failed', 'outcome-unknown');
  const untouched = named('pending', 'skipped');
  return [
    done ? `Already done: ${done}.` : 'Nothing was done before it stopped.',
    ...(begun ? [`Begun, and stopped on the way: ${begun}.`] : []),
    ...(untouched ? [`Not begun: ${untouched}.`] : []),
  ];
}

function goingOn(run: Run): string {
  if (run.state === 'pending') return 'About to begin';
  if (run.state === 'verifying') return 'Done; reading again to verify';
  const current = groupRunSteps(run.steps, run.preview.steps)
    .flatMap(({ groups }) => groups)
    .find(({ state }) => state === 'running' || state === 'verifying');
  return current ? `Running: ${current.title}` : 'Running';
}

const WAITS: Record<RunWaiting['kind'], string> = {
  approval: 'Waits until others agree',
  answer: 'Waits until somebody has done something by hand',
  decision: 'Waits until somebody says whether a step took effect',
  person: 'Waits until whoever started it lets it go on',
  lock: 'Waits its turn: another run holds the target',
  pause: 'Held by a pause',
};

function cancelLines({ cancelRequestedBy }: Run): string[] {
  if (!cancelRequestedBy) return [];
  return [
    `${personName(
      cancelRequestedBy,
    )} asked it to stop. It stops as soon as its step can; what is done stays done.`,
  ];
}

/**
 * Says in words where a run stands.
 *
 * @public
 */
export function describeOutcome(run: Run): Outcome {
  const step = failedStep(run);
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
          ? `Cancelled by ${personName(run.cancelRequestedBy)}`
          : 'Cancelled',
        lines: stoppedLines(run),
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
    case 'waiting':
      return {
        severity: 'warning',
        title: run.waitingFor ? WAITS[run.waitingFor.kind] : 'Waits',
        lines: cancelLines(run),
      };
    default:
      return {
        severity: 'info',
        title: goingOn(run),
        lines: cancelLines(run),
      };
  }
}

/** Whether a run can still be asked to stop. */
export function canCancel(run: Run): boolean {
  return !isFinalRunState(run.state) && !run.cancelRequestedBy;
}

/** Where a run that is asked to stop does so, and what stays. */
export function whereItStops(run: Run): string {
  if (run.state === 'pending' || run.state === 'waiting') {
    return 'Stops at once; what is done stays done.';
  }
  return 'Stops at the next point where it can; what is done by then stays done.';
}
