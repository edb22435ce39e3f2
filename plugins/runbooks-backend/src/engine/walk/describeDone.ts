import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { SECTIONS } from '../initialSteps';
import type { Walk } from './Walk';

/** Which steps took effect, and how far; undefined when none did. */
export function describeDone(walk: Walk): string | undefined {
  const { plan, registry, session } = walk;
  const told: string[] = [];
  for (const step of SECTIONS.flatMap(section => plan.sections[section])) {
    if (step.kind !== 'action') continue;
    if (registry.find(step.action)?.attributes.readOnly) continue;
    const executions = session.run.steps.filter(
      ({ stepId, kind }) => stepId === step.id && kind === 'execute',
    );
    const done = executions.filter(({ state }) => state === 'succeeded').length;
    if (done === 0) continue;
    told.push(
      done === executions.length
        ? step.title
        : `${step.title} (${done} of ${executions.length})`,
    );
  }
  return told.length > 0
    ? `These steps took effect: ${told.join(', ')}.`
    : undefined;
}

/** An error with all that was done before and after it. */
export function withAllDone(
  walk: Walk,
  error: NonNullable<Run['error']>,
): NonNullable<Run['error']> {
  if (walk.plan.single) return error;
  const done = describeDone(walk);
  const own = error.alreadyDone === 'Nothing.' ? undefined : error.alreadyDone;
  return {
    ...error,
    alreadyDone: [own, done].filter(Boolean).join(' ') || 'Nothing.',
    nextStep:
      error.nextStep ??
      'Look at what is left to do, then make a new preview and start again.',
  };
}
