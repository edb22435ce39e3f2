import {
  type Risk,
  RISKS,
  type RunbookDefinition,
} from '@lakehouse-ops/plugin-runbooks-common';
import { didYouMean } from '../text/nearestName';
import { checkInput } from './checkInput';
import type { Problems } from './Problems';
import type { PlacedStep } from './readSteps';
import type { RunbookActionFacts } from './RunbookActionFacts';

/** Checks the actions that steps call: that they are there, and may be used so. */
export function checkActions(options: {
  definition: RunbookDefinition;
  steps: readonly PlacedStep[];
  actions: ReadonlyMap<string, RunbookActionFacts>;
  problems: Problems;
}): void {
  const { definition, steps, actions, problems } = options;
  let highest: { risk: Risk; id: string } | undefined;
  for (const { step, path } of steps) {
    if (step.kind === 'manual' || step.kind === 'approval') continue;
    const facts = actions.get(step.action);
    if (!facts) {
      problems.error(
        [...path, step.kind],
        `There is no action '${step.action}'.${didYouMean(
          step.action,
          actions.keys(),
        )} A module that adds it may be missing from the backend.`,
      );
      continue;
    }
    if (step.kind !== 'action' && !facts.readOnly) {
      problems.error(
        [...path, step.kind],
        `The action '${step.action}' changes things, and a ${step.kind} step only reads. Write it as 'action: ${step.action}', or choose one that reads.`,
      );
    }
    if (step.retry && !facts.idempotent) {
      problems.error(
        [...path, 'retry'],
        `The action '${step.action}' can't be repeated safely, so it is not retried. Remove this field.`,
      );
    }
    checkInput({
      schema: facts.inputSchema,
      input: step.input,
      path: [...path, 'input'],
      problems,
    });
    if (step.kind !== 'action' || facts.readOnly) continue;
    if (!highest || rank(facts.risk) > rank(highest.risk)) {
      highest = { risk: facts.risk, id: step.action };
    }
  }
  if (highest && rank(highest.risk) > rank(definition.risk)) {
    problems.error(
      ['spec', 'risk'],
      `The risk is ${definition.risk}, and that of its action '${highest.id}' is ${highest.risk}. Write at least ${highest.risk}.`,
    );
  }
}

function rank(risk: Risk): number {
  return RISKS.indexOf(risk);
}
