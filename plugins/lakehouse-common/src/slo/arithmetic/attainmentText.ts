/** Decimals beyond those of the target, so that "just missed" can be seen. */
const EXTRA_DECIMALS = 2;
const MAX_DECIMALS = 6;

/**
 * `99.685 %`: what was attained, with two more decimals than its target and
 * rounded down, so that a missed target never reads as met.
 *
 * @public
 */
export function attainmentText(attainment: number, target: number): string {
  const targetPercent = percentOf(target);
  const decimals = Math.min(
    MAX_DECIMALS,
    (String(targetPercent).split('.')[1]?.length ?? 0) + EXTRA_DECIMALS,
  );
  const scale = 10 ** decimals;
  const floored = Math.floor(percentOf(attainment) * scale + 1e-6);
  const reached = floored / scale >= targetPercent;
  return `${
    (reached && attainment < target ? floored - 1 : floored) / scale
  } %`;
}

/** A share such as 0.999 has no exact double; its percentage is meant as written. */
function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}
