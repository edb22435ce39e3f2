import { toError } from '@backstage/errors';
import type { ManualStep } from '@lakehouse-ops/plugin-runbooks-common';
import { renderTemplate } from '@lakehouse-ops/plugin-runbooks-node';
import { personName } from '../../approvals/personName';
import { limitText, MAX_MESSAGE_LENGTH } from '../limits';
import { mergeChanges } from '../SessionChange';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import { waitOf } from './waits';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** A person does something, and says what they saw. */
export async function walkManual(
  walk: Walk,
  step: ManualStep,
): Promise<StepOutcome> {
  const { session, ports, retries, stop } = walk;
  const id = phaseId(walk.plan, step.id, 'manual');
  const fail = (message: string) =>
    failed(
      { step: id, message },
      phaseEnded(walk, id, { state: 'failed', message }),
    );
  const said = await retries.read(
    () => ports.responses.answer(session.run.id, step.id),
    stop,
  );
  if (said) {
    session.note(
      mergeChanges(
        phaseEnded(walk, id, {
          message: `Answered by ${personName(said.by)}.`,
        }),
        {
          records: [{ key: step.id, state: 'succeeded', output: said.answer }],
        },
      ),
    );
    return SUCCEEDED;
  }
  const wait = waitOf(session, {
    key: step.id,
    kind: 'answer',
    forMs: step.expiresAfterMs,
  });
  if (wait.expired) return fail(`Nobody answered until ${wait.span.until}.`);
  let instruction: string;
  try {
    // What is asked may not tell secrets.
    const scope = scopeOf(walk, { redacted: true });
    instruction = String(renderTemplate(step.instruction, scope));
  } catch (error) {
    return fail(toError(error).message);
  }
  return {
    kind: 'waiting',
    waitingFor: {
      kind: 'answer',
      ...wait.span,
      stepId: step.id,
      instruction: limitText(instruction, MAX_MESSAGE_LENGTH),
      answerSchema: step.answerSchema,
    },
    change: mergeChanges(
      session.step(id)?.state === 'waiting' ? {} : phaseBegun(walk, id),
      wait.change,
      { steps: [{ id, patch: { state: 'waiting' } }] },
    ),
  };
}
