import {
  isFinalRunState,
  type RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { limitText, MAX_MESSAGE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import { withAllDone } from './describeDone';
import type { StepOutcome } from './StepOutcome';
import { verificationOf } from './verificationOf';
import type { Walk } from './Walk';

/** Commits how a run ended. Steps at hand end with it, later ones are skipped. */
export async function finishRun(
  walk: Walk,
  failure?: Extract<StepOutcome, { kind: 'failed' }>,
): Promise<void> {
  const { session, plan } = walk;
  if (failure) session.note(failure.change);
  const verdict = failure?.verdict ?? session.stepRecord('').verdict;
  const state = verdict?.state ?? 'succeeded';
  const endedAt = new Date().toISOString();
  const verification = plan.single
    ? session.run.verification
    : verificationOf(session.run);
  const all = verdict && withAllDone(walk, verdict.error);
  const error = all && {
    ...all,
    message: limitText(all.message, MAX_MESSAGE_LENGTH),
  };
  const said = error?.message ?? verification?.summary ?? '';
  await session.commit(
    mergeChanges({
      run: { state, endedAt, error, verification },
      steps: session.run.steps.flatMap(step => endOf(step, state, endedAt)),
      says: [
        {
          message: [state.replace('-', ' '), said].filter(Boolean).join(': '),
          level: state === 'succeeded' ? 'info' : 'error',
        },
      ],
      audit: [
        {
          event: 'run-ended',
          detail: {
            state,
            ...(error ? { message: error.message } : {}),
            ...(verification ? { verification: verification.outcome } : {}),
          },
        },
      ],
    }),
  );
}

function endOf(
  step: RunStep,
  state: RunStep['state'],
  endedAt: string,
): { id: string; patch: Partial<RunStep> }[] {
  if (step.state === 'pending') {
    return [{ id: step.id, patch: { state: 'skipped' } }];
  }
  if (step.state === 'skipped' || isFinalRunState(step.state)) return [];
  return [{ id: step.id, patch: { state, endedAt } }];
}
