import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { RunLimits } from '@lakehouse-ops/plugin-runbooks-common';

const KEYS = ['maxConcurrent', 'maxPerHour', 'maxPerTargetPerHour'] as const;

/**
 * Reads `runbooks.limits`: limits by the id of a runbook or an action.
 *
 * @throws InputError that names the field
 */
export function readLimits(
  config: Config | undefined,
): ReadonlyMap<string, RunLimits> {
  const limits = config?.getOptionalConfig('limits');
  return new Map(
    (limits?.keys() ?? []).map(id => {
      const section = limits?.getConfig(id);
      const given: Record<string, number> = {};
      for (const key of section?.keys() ?? []) {
        if (!KEYS.some(known => known === key)) {
          throw new InputError(
            `runbooks.limits.${id}.${key} is not known. Known are: ${KEYS.join(
              ', ',
            )}.`,
          );
        }
      }
      for (const key of KEYS) {
        const value = section?.getOptionalNumber(key);
        if (value === undefined) continue;
        if (!Number.isInteger(value) || value < 0) {
          throw new InputError(
            `runbooks.limits.${id}.${key} must be a whole number from 0, and is ${value}`,
          );
        }
        given[key] = value;
      }
      return [id, given] as const;
    }),
  );
}

/** Of two sets of limits, the stricter of each. */
export function strictestLimits(
  one: RunLimits = {},
  other: RunLimits = {},
): RunLimits {
  const strictest: Record<string, number> = {};
  for (const key of KEYS) {
    const values = [one[key], other[key]].filter(value => value !== undefined);
    if (values.length > 0) strictest[key] = Math.min(...values);
  }
  return strictest;
}
