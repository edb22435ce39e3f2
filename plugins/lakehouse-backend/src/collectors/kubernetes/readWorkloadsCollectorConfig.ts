import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const DEFAULT_MAX_WORKLOADS = 100;

export interface WorkloadsCollectorConfig {
  /** Workloads of one connection that are looked at. */
  readonly maxWorkloads: number;
}

/**
 * Reads `lakehouse.collectors.workloads`.
 *
 * @throws InputError when a number is out of bounds
 */
export function readWorkloadsCollectorConfig(
  config: Config,
): WorkloadsCollectorConfig {
  const key = 'lakehouse.collectors.workloads.maxWorkloads';
  const maxWorkloads = config.getOptionalNumber(key) ?? DEFAULT_MAX_WORKLOADS;
  if (
    !Number.isInteger(maxWorkloads) ||
    maxWorkloads < 1 ||
    maxWorkloads > 1000
  ) {
    throw new InputError(
      `${key} is ${maxWorkloads}. Write a whole number from 1 to 1,000, or leave it out for ${DEFAULT_MAX_WORKLOADS}.`,
    );
  }
  return { maxWorkloads };
}
