import { InputError, toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import {
  RISKS,
  type RunbookDefinition,
  type RunbookSection,
  type RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  evaluateExpression,
  type ExpressionScope,
  referencedSteps,
  renderTemplate,
  type RunbookAction,
} from '@lakehouse-ops/plugin-runbooks-node';
import { jsonObjectSchema } from '../../json/jsonSchemas';
import type { ActionRegistry } from '../ActionRegistry';
import { parseParameters } from '../parseParameters';
import { stepKey } from '../plannedSteps';
import { describeWait } from './describeWait';
import type { PlannedCall, PlannedStep } from './PlannedStep';

const MAX_LABEL_LENGTH = 80;
/** Known only when the run is there. */
const NEEDS_RUN = /\bcontext\s*\.\s*runId\b/;

/** What steps of a runbook file are planned with. */
export interface PlanContext {
  readonly definition: RunbookDefinition;
  readonly registry: ActionRegistry;
  readonly scope: ExpressionScope;
}

/**
 * What is known of a step before the run: one entry, or one for each entry of
 * its list when that list is known.
 *
 * @throws InputError that names the step
 */
export function planStep(
  context: PlanContext,
  step: RunbookStep,
  section: RunbookSection,
): PlannedStep[] {
  const { scope } = context;
  const base = { key: step.id, step, section, title: step.title } as const;
  const action = actionOf(context, step);
  const later = (note: string): PlannedStep[] => [
    { ...base, known: 'later', note, action },
  ];
  if (step.if !== undefined) {
    const needs = needsOf(step.if);
    if (needs) return later(needs);
    if (!isWanted(step, scope)) {
      return [
        {
          ...base,
          known: 'skipped',
          note: `Its condition \`${step.if}\` is not met.`,
          action,
        },
      ];
    }
  }
  if (!('action' in step) || !action) return [plainStep(base, step, scope)];
  if (step.kind === 'verify') {
    return [{ ...base, known: 'later', note: describeWait(step), action }];
  }
  if (step.kind === 'action' && step.foreach) {
    const needsList = needsOf(step.foreach.in);
    if (needsList) return later(needsList);
    const needsInput = needsOf(step.input);
    if (needsInput) return later(needsInput);
    return listOf(step.foreach, step.id, scope).map((item, index) => ({
      ...base,
      key: stepKey(step.id, index),
      title: `${step.title}: ${labelOf(item)}`,
      known: 'now' as const,
      action,
      call: callOf(step, action, { ...scope, item, index }),
    }));
  }
  const needs = needsOf(step.input);
  if (needs) return later(needs);
  return [{ ...base, known: 'now', action, call: callOf(step, action, scope) }];
}

type CallingStep = Extract<RunbookStep, { action: string }>;

function callOf(
  step: CallingStep,
  action: RunbookAction,
  scope: ExpressionScope,
): PlannedCall {
  return inStep(step.id, 'input', () => {
    const input = jsonObjectSchema.parse(renderTemplate(step.input, scope));
    const parsed = parseParameters(action.schema.input, input);
    return {
      action,
      input,
      target: action.target(parsed),
      lockKeys: action.lockKeys(parsed),
      acts: step.kind === 'action' && !action.attributes.readOnly,
    };
  });
}

function plainStep(
  base: Pick<PlannedStep, 'key' | 'step' | 'section' | 'title'>,
  step: RunbookStep,
  scope: ExpressionScope,
): PlannedStep {
  const asked = askedIn(step);
  if (needsOf([asked])) {
    return { ...base, known: 'later', note: describeWait(step, asked) };
  }
  const said = inStep(step.id, step.kind, () => renderTemplate(asked, scope));
  return { ...base, known: 'now', note: describeWait(step, String(said)) };
}

function askedIn(step: RunbookStep): string {
  if (step.kind === 'manual') return step.instruction;
  return step.kind === 'approval' ? step.question : '';
}

/** Why something is not known before the run; undefined when it is. */
function needsOf(value: JsonValue): string | undefined {
  const steps = referencedSteps(value);
  if (steps.length > 0) {
    return `It depends on what ${steps.join(
      ' and ',
    )} will find, and is previewed when it is reached.`;
  }
  return NEEDS_RUN.test(JSON.stringify(value))
    ? 'It needs the id of the run, and is previewed when it is reached.'
    : undefined;
}

function isWanted(step: RunbookStep, scope: ExpressionScope): boolean {
  return inStep(step.id, 'if', () => {
    const wanted = evaluateExpression(step.if ?? 'true', scope);
    if (typeof wanted === 'boolean') return wanted;
    throw new InputError(
      `'${step.if}' gives ${JSON.stringify(wanted)}, and not true or false.`,
    );
  });
}

function listOf(
  foreach: { readonly in: string; readonly maxItems: number },
  stepId: string,
  scope: ExpressionScope,
): JsonValue[] {
  return inStep(stepId, 'foreach.in', () => {
    const list = evaluateExpression(foreach.in, scope);
    if (!Array.isArray(list)) {
      throw new InputError(`'${foreach.in}' does not give a list.`);
    }
    if (list.length > foreach.maxItems) {
      throw new InputError(
        `It would be done for ${list.length} entries, and maxItems is ${foreach.maxItems}. Choose fewer.`,
      );
    }
    return list;
  });
}

function actionOf(
  context: PlanContext,
  step: RunbookStep,
): RunbookAction | undefined {
  if (!('action' in step)) return undefined;
  const action = context.registry.get(step.action);
  assertFits(context, step, action);
  return action;
}

/** @throws InputError when the action is riskier than the file says, or not for reading */
function assertFits(
  { definition }: PlanContext,
  step: CallingStep,
  action: RunbookAction,
): void {
  if (step.kind !== 'action') {
    if (action.attributes.readOnly) return;
    throw new InputError(
      `Step ${step.id} of ${definition.name} is a ${step.kind} and calls ${action.id}, which does not only read. Make it an action step.`,
    );
  }
  if (RISKS.indexOf(action.risk) <= RISKS.indexOf(definition.risk)) return;
  throw new InputError(
    `Step ${step.id} of ${definition.name} calls ${action.id} of risk ${action.risk}, and the runbook says ${definition.risk}. Its owner has to say risk: ${action.risk}.`,
  );
}

/** @throws InputError that names the step and the field */
function inStep<T>(stepId: string, field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new InputError(
      `Step ${stepId} can't be planned (${field}): ${toError(error).message}`,
    );
  }
}

function labelOf(item: JsonValue): string {
  const text = typeof item === 'string' ? item : JSON.stringify(item);
  return text.slice(0, MAX_LABEL_LENGTH);
}
