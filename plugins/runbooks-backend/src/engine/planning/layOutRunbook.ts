import type { JsonObject } from '@backstage/types';
import type { RunLimits } from '@lakehouse-ops/plugin-runbooks-common';
import type { JsonValidator } from '../../json/JsonValidator';
import type { ActionRegistry } from '../ActionRegistry';
import { initialSteps } from '../initialSteps';
import type { RunbookVersion } from '../ports';
import { secretValues } from '../redactSecrets';
import { describeRun } from './describeRun';
import { lookAtSteps } from './lookAtSteps';
import { planRunbook } from './planRunbook';
import type { RunLayout } from './RunLayout';
import {
  redactContent,
  toPlannedSteps,
  toPreviewSteps,
} from './toPreviewSteps';

/**
 * Lays out a run of a runbook file.
 *
 * @throws InputError that names the field or the step
 */
export function layOutRunbook(options: {
  version: RunbookVersion;
  registry: ActionRegistry;
  validator: JsonValidator;
  parameters: JsonObject;
  context: JsonObject;
  limits: RunLimits;
  /** Who may approve what names nobody. */
  approvers: readonly string[];
}): RunLayout {
  const { version, limits, approvers } = options;
  const { definition } = version;
  const plan = planRunbook({ ...options, definition });
  const { parameters, target } = plan;
  const approval =
    plan.approval && plan.approval.groups.length === 0
      ? { ...plan.approval, groups: approvers }
      : plan.approval;
  const schema = definition.parameters;
  return {
    resource: { runbookId: definition.name, risk: definition.risk, target },
    title: definition.title,
    definitionHash: version.hash,
    parameters,
    schema,
    calls: plan.steps.flatMap(({ call }) => call ?? []),
    lockKeys: plan.lockKeys,
    whenLocked: definition.whenLocked,
    limits,
    approval,
    runAs: definition.runAs,
    steps: initialSteps(definition, { needsApproval: approval !== undefined }),
    look: async context => {
      const steps = await lookAtSteps(plan, context);
      const secrets = secretValues(schema, parameters);
      return {
        content: redactContent(
          describeRun({ definition, target, steps }),
          secrets,
        ),
        fingerprint: toPlannedSteps(steps, secrets),
        steps: toPreviewSteps(steps, secrets),
      };
    },
  };
}
