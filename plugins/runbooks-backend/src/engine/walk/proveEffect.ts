import { toError } from '@backstage/errors';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import { actionContext } from '../ExecutionWork';
import { mergeChanges } from '../SessionChange';
import { withDeadline } from '../withDeadline';
import type { PreparedAction } from './ActionInstance';
import type { ActionAtHand } from './ActionRun';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { failed, OVER, type StepOutcome, SUCCEEDED } from './StepOutcome';

const VERIFY_TIMEOUT_MS = 120_000;

/** Reads again what an action has changed. */
export async function proveEffect(
  at: ActionAtHand,
  { action, work }: PreparedAction,
): Promise<StepOutcome> {
  const { walk, ids, instance } = at;
  const { session, plan, stop } = walk;
  const { key } = instance;
  if (stop.aborted) return OVER;
  if (session.step(ids.verify)?.state !== 'running') {
    session.note(phaseBegun(walk, ids.verify));
  }
  const output = plan.single
    ? session.run.output
    : session.stepRecord(key).output;
  let verification: Verification;
  try {
    verification = await withDeadline(
      {
        what: 'Reading the effect',
        timeoutMs: VERIFY_TIMEOUT_MS,
        signal: stop,
      },
      signal =>
        action.verify({
          ...actionContext(work, signal),
          output: action.schema.output.parse(output),
        }),
    );
  } catch (error) {
    if (stop.aborted) return OVER;
    verification = {
      outcome: 'inconclusive',
      summary: `It was executed, but its effect could not be read again: ${
        toError(error).message
      }`,
      metrics: [],
    };
  }
  const { summary } = verification;
  const told = plan.single ? {} : { verification, message: summary };
  const ofRun = plan.single ? { run: { verification } } : {};
  if (verification.outcome === 'not-verified') {
    return failed(
      {
        step: ids.verify,
        message: summary,
        alreadyDone: 'It was executed.',
        nextStep: 'Look at the target, then make a new preview.',
      },
      mergeChanges(
        ofRun,
        phaseEnded(walk, ids.verify, { state: 'failed', ...told }),
      ),
    );
  }
  const ended = phaseEnded(walk, ids.verify, told);
  session.note(
    mergeChanges(ofRun, {
      // The end of its only step is the end of the run, and told as such.
      ...(plan.single ? { steps: ended.steps } : ended),
      records: [{ key, state: 'succeeded' }],
    }),
  );
  return SUCCEEDED;
}
