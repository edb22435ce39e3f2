import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  type ApprovalRule,
  type Risk,
  RISKS,
} from '@lakehouse-ops/plugin-runbooks-common';

const NEVER = 'none';
const UNSET_RULE: ApprovalRule = {
  groups: [],
  count: 1,
  expiresAfterMs: 3_600_000,
};

/** Which single actions have to be approved, and by whom. */
export interface ActionApproval {
  /** Of this risk and above; never when absent. */
  readonly fromRisk?: Risk;
  readonly rule: ApprovalRule;
}

/**
 * Reads `runbooks.approval`.
 *
 * @throws InputError that names the field
 */
export function readApprovalConfig(config: Config | undefined): ActionApproval {
  const section = config?.getOptionalConfig('approval');
  const from = section?.getOptionalString('actions') ?? 'high';
  const fromRisk = RISKS.find(risk => risk === from);
  if (!fromRisk && from !== NEVER) {
    throw new InputError(
      `runbooks.approval.actions must be ${[...RISKS, NEVER].join(
        ', ',
      )}, and is ${from}`,
    );
  }
  const count = section?.getOptionalNumber('count') ?? UNSET_RULE.count;
  if (!Number.isInteger(count) || count < 1) {
    throw new InputError(
      `runbooks.approval.count must be a whole number from 1, and is ${count}`,
    );
  }
  return {
    fromRisk,
    rule: {
      groups: section?.getOptionalStringArray('groups') ?? [],
      count,
      expiresAfterMs: section?.has('expires')
        ? durationToMilliseconds(
            readDurationFromConfig(section, { key: 'expires' }),
          )
        : UNSET_RULE.expiresAfterMs,
    },
  };
}

/** Who has to agree to a single action of a risk; nobody when absent. */
export function approvalOfAction(
  { fromRisk, rule }: ActionApproval,
  risk: Risk,
): ApprovalRule | undefined {
  if (!fromRisk) return undefined;
  return RISKS.indexOf(risk) >= RISKS.indexOf(fromRisk) ? rule : undefined;
}
