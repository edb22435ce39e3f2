import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  RunbookStep,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { ExpressionScope } from '@lakehouse-ops/plugin-runbooks-node';
import { toJsonObject } from '../../json/jsonSchemas';
import { SECTIONS } from '../initialSteps';
import { stepKey } from '../plannedSteps';
import { REDACTED, secretNames } from '../SecretVault';
import type { Walk } from './Walk';

/** Said where a step needs what is gone. */
export const SECRETS_GONE =
  'Secret parameters are never stored, and the process that they were typed into is gone.';

/** What is filled in besides what the whole run has. */
export type ScopeExtras = Pick<
  ExpressionScope,
  'item' | 'index' | 'output' | 'before'
>;

/** What the expressions of a run may speak of. */
export function scopeOf(
  walk: Walk,
  extras: ScopeExtras & { readonly redacted?: boolean } = {},
): ExpressionScope {
  const { redacted = false, ...rest } = extras;
  const { run } = walk.session;
  return {
    parameters: redacted ? run.parameters : restoredParameters(walk),
    context: toJsonObject({
      entityRef: run.entityRef ?? null,
      startedBy: run.startedBy,
      runId: run.id,
      origin: run.origin ?? { kind: 'person' },
    }),
    steps: stepResults(walk),
    ...rest,
  };
}

/** Parameters with their secrets; those that are gone are not there at all. */
export function restoredParameters(walk: Walk): JsonObject {
  const { vault, plan, session } = walk;
  const { parameters } = session.run;
  const schema = plan.parametersSchema;
  const restored = vault.restore({
    schema,
    parameters,
    previewId: session.record.previewId,
  });
  if (restored) return restored;
  const gone = secretNames(schema).filter(
    name => parameters[name] === REDACTED,
  );
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !gone.includes(name)),
  );
}

/** Whether secrets of the run are gone. */
export function secretsAreGone({ vault, plan, session }: Walk): boolean {
  return !vault.restore({
    schema: plan.parametersSchema,
    parameters: session.run.parameters,
    previewId: session.record.previewId,
  });
}

function stepResults(walk: Walk): JsonObject {
  const { plan } = walk;
  const steps = SECTIONS.flatMap(section => plan.sections[section]);
  return Object.fromEntries(
    steps.map((step): [string, JsonObject] => [step.id, resultOf(walk, step)]),
  );
}

function resultOf({ session }: Walk, step: RunbookStep): JsonObject {
  const { state = 'pending', output, items } = session.stepRecord(step.id);
  const known: { state: RunStep['state']; output: JsonValue } = {
    state,
    output: output ?? null,
  };
  if (step.kind !== 'action' || !step.foreach) return known;
  const outputs = (items ?? []).map(
    (_item, index) =>
      session.stepRecord(stepKey(step.id, index)).output ?? null,
  );
  return { ...known, outputs };
}
