import type { RunbookDefinition } from '@lakehouse-ops/plugin-runbooks-common';
import type { Problems } from './Problems';
import type { RunbookActionFacts } from './RunbookActionFacts';

/** Tells what is allowed and odd. */
export function checkWarnings(options: {
  definition: RunbookDefinition;
  parameters: readonly string[];
  used: ReadonlySet<string>;
  actions?: ReadonlyMap<string, RunbookActionFacts>;
  problems: Problems;
}): void {
  const { definition, parameters, used, actions, problems } = options;
  const acts = definition.steps.some(
    step => step.kind === 'action' && !actions?.get(step.action)?.readOnly,
  );
  const verifies = [...definition.steps, ...definition.finally].some(
    step => step.kind === 'verify',
  );
  if (acts && !verifies) {
    problems.warn(
      ['spec', 'steps'],
      'Nothing verifies that this runbook helped. Add a verify step at the end.',
    );
  }
  if (definition.docs === undefined) {
    problems.warn(
      ['spec'],
      'There are no docs. Write under docs when to use this runbook, and when not.',
    );
  }
  for (const name of parameters) {
    if (used.has(name)) continue;
    problems.warn(
      ['spec', 'parameters', 'properties', name],
      `Nothing uses the parameter '${name}'. Remove it, or use it.`,
    );
  }
}
