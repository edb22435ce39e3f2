import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type {
  ActionStep,
  RunbookSection,
} from '@lakehouse-ops/plugin-runbooks-common';
import { evaluateExpression } from '@lakehouse-ops/plugin-runbooks-node';
import { stepPhases } from '../initialSteps';
import { ForeachRun } from './ForeachRun';
import { itemLabel } from './itemLabel';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** A step that is done for each entry of a list. */
export type ForeachStep = ActionStep & {
  readonly foreach: NonNullable<ActionStep['foreach']>;
};

/** Does a step for each entry of a list, which is decided once. */
export async function walkForeach(
  walk: Walk,
  step: ForeachStep,
  section: RunbookSection,
): Promise<StepOutcome> {
  const { session, plan } = walk;
  let { items } = session.stepRecord(step.id);
  if (!items) {
    const phases = stepPhases(step, section);
    const ids = phases.map(phase => phase.id);
    try {
      items = listOf(walk, step);
    } catch (error) {
      const { message } = toError(error);
      const id = phaseId(plan, step.id, 'check');
      return failed(
        { step: id, message, alreadyDone: 'Nothing.' },
        { steps: [{ id, patch: { state: 'failed', message } }] },
      );
    }
    if (items.length === 0) {
      const message = 'The list is empty: there is nothing to do.';
      session.note({
        steps: ids.map(id => ({ id, patch: { state: 'skipped', message } })),
        records: [{ key: step.id, items, state: 'succeeded' }],
        says: [{ message: `${step.title}: ${message}` }],
      });
      return SUCCEEDED;
    }
    await session.commit({
      replaced: {
        ids,
        by: items.flatMap((item, index) =>
          stepPhases(step, section, { index, label: itemLabel(item, index) }),
        ),
      },
      records: [{ key: step.id, items }],
      says: [{ message: `${step.title}: ${items.length} entries` }],
    });
  }
  return new ForeachRun(walk, step, items).run();
}

function listOf(walk: Walk, { foreach }: ForeachStep): readonly JsonValue[] {
  const list = evaluateExpression(foreach.in, scopeOf(walk));
  if (!Array.isArray(list)) {
    throw new Error(
      `It is to be done for each entry of ${foreach.in}, and that is no list.`,
    );
  }
  if (list.length > foreach.maxItems) {
    throw new Error(
      `It would be done ${list.length} times, and may be done ${foreach.maxItems} times at most. Nothing of it was done.`,
    );
  }
  return list;
}
