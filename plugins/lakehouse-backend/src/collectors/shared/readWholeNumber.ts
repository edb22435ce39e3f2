import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads a whole number above 0 of a collector's settings.
 *
 * @throws InputError that names the field
 */
export function readWholeNumber(
  config: Config,
  options: { key: string; otherwise: number; max: number },
): number {
  const { key, otherwise, max } = options;
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new InputError(
      `${key} is ${value}. Write a whole number from 1 to ${max}, or leave it out for ${otherwise}.`,
    );
  }
  return value;
}
