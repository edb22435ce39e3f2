import { InputError } from '@backstage/errors';

/** Targets are kept to so many decimals; 1 − 0.999 is not 0.001 in binary. */
const TARGET_DECIMALS = 1e12;

/**
 * Share that may fail: 1 − target, to twelve decimals.
 *
 * @throws InputError at 100 % (no failure is allowed, so every burn rate would
 * be infinite) and at 0 % (everything may fail), and for what is no share.
 * @public
 */
export function errorShare(target: number): number {
  const share = Math.round((1 - target) * TARGET_DECIMALS) / TARGET_DECIMALS;
  if (!(share > 0 && share < 1)) {
    throw new InputError(
      `A target of ${target} leaves no error budget to count with; give a share above 0 and below 1, such as 0.995`,
    );
  }
  return share;
}
