import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  RunbookDefinition,
  RunbookProblem,
  RunbookTrigger,
} from '@lakehouse-ops/plugin-runbooks-common';
import { approvalRule } from './buildStep';
import { checkActions } from './checkActions';
import { checkParameters } from './checkParameters';
import { TemplateCheck } from './checkTemplates';
import { checkTriggers } from './checkTriggers';
import { checkWarnings } from './checkWarnings';
import { readBy } from './fields';
import { Problems } from './Problems';
import { type PlacedStep, readSteps } from './readSteps';
import { readYaml } from './readYaml';
import type { RunbookActionFacts } from './RunbookActionFacts';
import { looseFileSchema, type WrittenFile } from './writtenSchemas';

/** Who agrees to a runbook of high risk whose file does not say: whoever may, one, within an hour. */
const HIGH_RISK_APPROVAL: ApprovalRule = {
  groups: [],
  count: 1,
  expiresAfterMs: 3_600_000,
};

/**
 * Reads a runbook file and checks all that can be checked before it runs.
 * Never throws.
 *
 * @param options - `source` is the path or URL that problems name; without
 * `actions` it is not checked which actions there are
 * @returns the definition, unless there is an error among the problems
 * @public
 */
export function parseRunbookFile(options: {
  text: string;
  source: string;
  actions?: ReadonlyMap<string, RunbookActionFacts>;
}): { definition?: RunbookDefinition; problems: RunbookProblem[] } {
  const { text, source, actions } = options;
  const read = readYaml(text, source);
  if (read.value === undefined) return { problems: read.problems };
  const problems = new Problems({ source, yaml: read.yaml });
  const written = readBy({
    schema: looseFileSchema,
    value: read.value,
    path: [],
    problems,
  });
  const sections = written && {
    steps: section('steps', written, problems),
    onFailure: section('onFailure', written, problems),
    finally: section('finally', written, problems),
  };
  if (!sections || problems.hasErrors) return { problems: problems.list() };
  const definition = assemble(written, sections);
  check({
    definition,
    steps: Object.values(sections).flat(),
    actions,
    problems,
  });
  return problems.hasErrors
    ? { problems: problems.list() }
    : { definition, problems: problems.list() };
}

function section(
  name: PlacedStep['section'],
  written: WrittenFile,
  problems: Problems,
): PlacedStep[] {
  return readSteps({
    section: name,
    written: written.spec[name] ?? [],
    problems,
  });
}

function assemble(
  { metadata, spec }: WrittenFile,
  sections: Readonly<Record<PlacedStep['section'], readonly PlacedStep[]>>,
): RunbookDefinition {
  const { owner, ...named } = metadata;
  const approval = spec.approval
    ? approvalRule(spec.approval)
    : spec.risk === 'high' && HIGH_RISK_APPROVAL;
  return {
    ...named,
    ...(owner !== undefined && { owner }),
    verb: spec.verb,
    ...(spec.docs !== undefined && { docs: spec.docs }),
    risk: spec.risk,
    appliesTo: spec.appliesTo,
    triggers: spec.triggers.map((trigger): RunbookTrigger => trigger),
    parameters: closed(spec.parameters),
    target: spec.target,
    ...(approval && { approval }),
    limits: spec.limits,
    whenLocked: spec.whenLocked,
    ...(spec.runAs !== undefined && { runAs: spec.runAs }),
    steps: sections.steps.map(({ step }) => step),
    onFailure: sections.onFailure.map(({ step }) => step),
    finally: sections.finally.map(({ step }) => step),
  };
}

/** What is not declared is not taken, unless the file says so. */
function closed(schema: JsonObject): JsonObject {
  return { additionalProperties: false, ...schema };
}

function check(options: {
  definition: RunbookDefinition;
  steps: readonly PlacedStep[];
  actions?: ReadonlyMap<string, RunbookActionFacts>;
  problems: Problems;
}): void {
  const { definition, steps, actions, problems } = options;
  const parameters = checkParameters(definition.parameters, {
    path: ['spec', 'parameters'],
    problems,
  });
  for (const { step, path } of steps) {
    if (step.kind !== 'manual') continue;
    checkParameters(step.answerSchema, {
      path: [...path, 'answer'],
      problems,
    });
  }
  if (problems.hasErrors) return;
  checkIds(steps, problems);
  const templates = new TemplateCheck({
    problems,
    parameters: new Set(parameters),
  });
  templates.template(definition.target, {
    path: ['spec', 'target'],
    names: ['parameters', 'context'],
  });
  templates.template(definition.parameters, {
    path: ['spec', 'parameters'],
    names: ['context'],
  });
  templates.steps(steps);
  checkTriggers(definition, problems);
  if (actions) checkActions({ definition, steps, actions, problems });
  checkWarnings({
    definition,
    parameters,
    used: templates.used,
    actions,
    problems,
  });
}

function checkIds(steps: readonly PlacedStep[], problems: Problems): void {
  const taken = new Set<string>();
  for (const { step, path } of steps) {
    if (taken.has(step.id)) {
      problems.error(
        [...path, 'id'],
        `Another step has the id '${step.id}'. Choose another one.`,
      );
    }
    taken.add(step.id);
    if (step.kind === 'verify' && step.everyMs > step.withinMs) {
      problems.error(
        [...path, 'every'],
        'It would not look a second time within the time it has. Make this shorter than within.',
      );
    }
  }
}
