import type {
  RunbookDetail,
  RunbookProblem,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbookFlowchart } from '@lakehouse-ops/plugin-runbooks-node';
import type { ActionRegistry } from '../engine/ActionRegistry';
import type { RunbookBook, RunbookVersion } from '../engine/ports';

type Actions = Pick<ActionRegistry, 'find'>;

/** All that can be run: single actions, and runbook files. */
export function listRunbooks(known: {
  registry: ActionRegistry;
  book: Pick<RunbookBook, 'list'>;
}): RunbookSummary[] {
  const { registry, book } = known;
  return [
    ...registry.list().map(action => ({ ...action, kind: 'action' as const })),
    ...book.list().map(version => summarizeRunbook(version, registry)),
  ];
}

/** A runbook file as one of the things that can be run. */
export function summarizeRunbook(
  { definition }: RunbookVersion,
  actions: Actions,
): RunbookSummary {
  const { name, title, description, verb, risk, owner, tags } = definition;
  const { appliesTo, triggers, approval, parameters } = definition;
  return {
    id: name,
    kind: 'runbook',
    title,
    description,
    verb,
    risk,
    attributes: attributesOf(definition, actions),
    parametersSchema: parameters,
    tags,
    appliesTo,
    triggers,
    ...(owner !== undefined && { owner }),
    ...(approval && { approval }),
  };
}

/** All that is known of a runbook file. */
export function describeRunbook(
  version: RunbookVersion,
  options: { actions: Actions; problems: readonly RunbookProblem[] },
): RunbookDetail {
  const { definition, hash, source } = version;
  return {
    ...summarizeRunbook(version, options.actions),
    definition,
    definitionHash: hash,
    source,
    problems: options.problems.filter(problem => problem.source === source),
    flowchart: runbookFlowchart(definition),
  };
}

/** What one of its steps does, the runbook does; an action that is not known could do anything. */
function attributesOf(
  definition: RunbookVersion['definition'],
  actions: Actions,
): RunbookSummary['attributes'] {
  const acting = [
    ...definition.steps,
    ...definition.onFailure,
    ...definition.finally,
  ].flatMap(step =>
    step.kind === 'action' ? [actions.find(step.action)?.attributes] : [],
  );
  return {
    readOnly: acting.every(attributes => attributes?.readOnly ?? false),
    destructive: acting.some(attributes => attributes?.destructive ?? true),
    idempotent: acting.every(attributes => attributes?.idempotent ?? false),
  };
}
