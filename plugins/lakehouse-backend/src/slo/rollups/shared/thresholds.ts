import {
  baseUnitOf,
  isGood,
  type BaseUnit,
  type SliThreshold,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Whether a value is good; undefined when it can't be told. */
export type Judge = (value: number) => boolean | undefined;

/** Of values in one of the units that figures are kept in; undefined when the threshold is in none of them. */
export function judgeOf(
  threshold: SliThreshold | undefined,
  ...units: readonly BaseUnit[]
): Judge | undefined {
  if (!threshold || !units.includes(baseUnitOf(threshold.unit))) {
    return undefined;
  }
  return value => isGood(value, threshold);
}

/**
 * Of values in the threshold's own unit, as Prometheus tells them: compared with
 * the number that is written, as the exported rules do.
 */
export function judgeAsWritten(
  threshold: SliThreshold | undefined,
): Judge | undefined {
  // Of plain numbers none is converted.
  return judgeOf(threshold && { ...threshold, unit: 'count' }, 'count');
}
