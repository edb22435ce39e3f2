import type { JsonObject } from '@backstage/types';
import { renderTemplate } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import canonicalize from 'canonicalize';
import { jsonObjectSchema } from '../../json/jsonSchemas';
import type { StepRecord } from '../../store/RunStore';
import { parametersSchema } from '../ActionRegistry';
import { plannedStep } from '../plannedSteps';
import { REDACTED, secretNames } from '../SecretVault';
import {
  restoredParameters,
  type ScopeExtras,
  scopeOf,
  SECRETS_GONE,
  secretsAreGone,
} from './WalkScope';
import type { Walk } from './Walk';

/** What an action is given, and what is kept of that. */
export interface ResolvedInput {
  /** Before the action's schema has read it. */
  readonly input: JsonObject;
  /** To be kept before it is used; what is there is not worked out again. */
  readonly record: StepRecord;
}

/**
 * What a step gives its action: what was decided before, else what was shown
 * before the start, else what its file says now. What holds secrets is worked
 * out again each time, and kept without them.
 *
 * @throws InputError that names the expression; Error when secrets are gone
 */
export function resolveInput(
  walk: Walk,
  options: {
    key: string;
    template: JsonObject;
    action: RunbookAction;
    extras?: ScopeExtras;
  },
): ResolvedInput {
  const { key, template, action, extras = {} } = options;
  const { session, plan } = walk;
  if (plan.single) {
    if (secretsAreGone(walk)) throw new Error(SECRETS_GONE);
    return { input: restoredParameters(walk), record: { key } };
  }
  const kept = session.stepRecord(key);
  if (kept.input && !kept.hasSecrets) {
    return { input: kept.input, record: { key } };
  }
  const real = rendered(walk, template, extras);
  if (kept.input) return { input: real, record: { key } };
  const planned = plannedStep(session.record.fingerprint, key);
  const shown = withoutSecrets(
    action,
    jsonObjectSchema.parse(
      renderTemplate(template, scopeOf(walk, { ...extras, redacted: true })),
    ),
  );
  const hasSecrets = canonicalize(shown) !== canonicalize(real);
  return {
    input: hasSecrets ? real : planned?.input ?? real,
    record: {
      key,
      hasSecrets,
      input: planned?.input ?? shown,
      ...(planned ? { fingerprint: planned.fingerprint } : {}),
    },
  };
}

function rendered(
  walk: Walk,
  template: JsonObject,
  extras: ScopeExtras,
): JsonObject {
  try {
    return jsonObjectSchema.parse(
      renderTemplate(template, scopeOf(walk, extras)),
    );
  } catch (error) {
    if (!secretsAreGone(walk)) throw error;
    throw new Error(SECRETS_GONE, { cause: error });
  }
}

/** Takes out what the action itself calls a secret. */
function withoutSecrets(action: RunbookAction, input: JsonObject): JsonObject {
  const shown = { ...input };
  for (const name of secretNames(parametersSchema(action))) {
    if (shown[name] !== undefined) shown[name] = REDACTED;
  }
  return shown;
}
