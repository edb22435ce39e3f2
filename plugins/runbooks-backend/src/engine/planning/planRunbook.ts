import { InputError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type ApprovalRule,
  type RunbookDefinition,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  type ExpressionScope,
  renderTemplate,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { JsonValidator } from '../../json/JsonValidator';
import { targetSchema } from '../../store/modelSchemas';
import { waitsForApproval } from '../../triggers/startsByItself';
import type { ActionRegistry } from '../ActionRegistry';
import { SECTIONS } from '../initialSteps';
import { parseParameters } from '../parseParameters';
import { describeTarget } from './describeTarget';
import { fillDefaults } from './fillDefaults';
import type { PlannedStep } from './PlannedStep';
import { planStep } from './planStep';

/** Entries of lists and steps that one run may have in all. */
const MAX_PLANNED_STEPS = 500;

const APPROVAL_OF_HIGH_RISK: ApprovalRule = {
  groups: [],
  count: 1,
  expiresAfterMs: 3_600_000,
};

const APPROVED_LATE =
  'It is of high risk, and can be shown only when it is reached: the run waits then until it is approved a second time.';

/** What a run of a runbook file would be, as far as it can be told without looking. */
export interface RunbookPlan {
  /** With defaults, and with secrets. */
  readonly parameters: JsonObject;
  readonly target: RunTarget;
  /** What its expressions may speak of before the run. */
  readonly scope: ExpressionScope;
  readonly steps: readonly PlannedStep[];
  readonly lockKeys: readonly string[];
  readonly approval?: ApprovalRule;
}

/**
 * Lays a run of a runbook file out: the same parameters give the same plan.
 *
 * @throws InputError that names the field or the step
 */
export function planRunbook(options: {
  definition: RunbookDefinition;
  registry: ActionRegistry;
  validator: JsonValidator;
  parameters: JsonObject;
  context: JsonObject;
}): RunbookPlan {
  const { definition, registry, validator, context } = options;
  const parameters = fillDefaults(definition.parameters, {
    parameters: options.parameters,
    context,
    steps: {},
  });
  validator.assert(definition.parameters, parameters, 'parameters');
  const scope: ExpressionScope = { parameters, context, steps: {} };
  const target = renderTarget(definition, scope);
  const planned = SECTIONS.flatMap(section =>
    definition[section].flatMap(step =>
      planStep({ definition, registry, scope }, step, section),
    ),
  );
  if (planned.length > MAX_PLANNED_STEPS) {
    throw new InputError(
      `This run would have ${planned.length} steps, and ${MAX_PLANNED_STEPS} are allowed. Choose fewer entries.`,
    );
  }
  const steps = awaitEarlierSteps(planned).map(step =>
    definition.approval && isApprovedLate(step)
      ? { ...step, warning: APPROVED_LATE }
      : step,
  );
  return {
    parameters,
    target,
    scope,
    steps,
    lockKeys: [
      ...new Set([
        lockKeyOf(target),
        ...planned.flatMap(({ call }) => (call?.acts ? call.lockKeys : [])),
      ]),
    ].sort(),
    approval:
      definition.approval ??
      (waitsForApproval(definition.risk, context.origin)
        ? APPROVAL_OF_HIGH_RISK
        : undefined),
  };
}

function renderTarget(
  definition: RunbookDefinition,
  scope: ExpressionScope,
): RunTarget {
  try {
    return parseParameters(
      targetSchema,
      renderTemplate({ ...definition.target }, scope),
    );
  } catch (error) {
    throw new InputError(
      `The target of ${definition.name} can't be told: ${
        toError(error).message
      }`,
    );
  }
}

/**
 * A step that acts on what an earlier one changes can't be previewed before
 * that has happened: its own fingerprint would not hold.
 */
function awaitEarlierSteps(planned: readonly PlannedStep[]): PlannedStep[] {
  const changedBy = new Map<string, string>();
  return planned.map(entry => {
    const { call, step } = entry;
    if (!call) return entry;
    const key = lockKeyOf(call.target);
    const earlier = changedBy.get(key);
    if (call.acts && !earlier) changedBy.set(key, step.id);
    if (!earlier || earlier === step.id) return entry;
    const { call: _, ...rest } = entry;
    return {
      ...rest,
      known: 'later',
      note: `${describeTarget(
        call.target,
      )} is changed by ${earlier} before; it is previewed when it is reached.`,
    };
  });
}

/** What nobody could look at when they agreed to the run is agreed to when it is reached. */
function isApprovedLate({ known, step, action }: PlannedStep): boolean {
  return known === 'later' && step.kind === 'action' && action?.risk === 'high';
}

function lockKeyOf({ system, connection, kind, name }: RunTarget): string {
  return [system, connection, kind, name].join('/');
}
