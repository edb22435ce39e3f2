import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type { CheckStep } from '@lakehouse-ops/plugin-runbooks-common';
import { renderTemplate } from '@lakehouse-ops/plugin-runbooks-node';
import { mergeChanges } from '../SessionChange';
import { interruptedHere } from './interrupted';
import { holds } from './holds';
import { keptOutput } from './keptOutput';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { readAction } from './readAction';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** Reads, and asserts. */
export async function walkCheck(
  walk: Walk,
  step: CheckStep,
): Promise<StepOutcome> {
  const { session } = walk;
  const id = phaseId(walk.plan, step.id, 'check');
  session.note(phaseBegun(walk, id));
  let output: JsonValue;
  try {
    output = await readAction(walk, step);
    if (!holds(step.assert, scopeOf(walk, { output }))) {
      const told = renderTemplate(
        step.message,
        scopeOf(walk, { output, redacted: true }),
      );
      throw new Error(
        typeof told === 'string' && told !== ''
          ? told
          : `It does not hold that ${step.assert}.`,
      );
    }
  } catch (error) {
    const { message } = toError(error);
    return (
      interruptedHere(walk, phaseEnded(walk, id, { state: 'cancelled' })) ??
      failed(
        {
          step: id,
          message,
          nextStep: 'Look at what it found, then make a new preview.',
        },
        phaseEnded(walk, id, { state: 'failed', message }),
      )
    );
  }
  session.note(
    mergeChanges(phaseEnded(walk, id), {
      records: [
        { key: step.id, state: 'succeeded', output: keptOutput(walk, output) },
      ],
    }),
  );
  return SUCCEEDED;
}
