const TARGETS = [
  0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999,
];
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  {
    unit: 'ms',
    ms: 1,
    values: [10, 20, 50, 100, 150, 200, 250, 300, 500, 750],
  },
  {
    unit: 's',
    ms: SECOND_MS,
    values: [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20, 30, 45],
  },
  { unit: 'm', ms: MINUTE_MS, values: [1, 2, 3, 5, 10, 15, 20, 30, 45] },
  { unit: 'h', ms: HOUR_MS, values: [1, 2, 3, 4, 6, 8, 12, 18] },
  { unit: 'd', ms: DAY_MS, values: [1, 2, 3, 7, 14, 30] },
] as const;

/** A threshold that people can remember. */
export interface PleasantThreshold {
  readonly value: number;
  readonly unit: (typeof UNITS)[number]['unit'];
  readonly ms: number;
}

/** The smallest pleasant duration that is not below what was measured; undefined beyond 30 days. */
export function pleasantAbove(ms: number): PleasantThreshold | undefined {
  for (const { unit, ms: factor, values } of UNITS) {
    const value = values.find(one => one * factor >= ms);
    if (value !== undefined) return { value, unit, ms: value * factor };
  }
  return undefined;
}

/**
 * The usual target one step below what was attained, so that the promise holds
 * from the first day and yet means something. At most one that lets something
 * fail of as much as was counted. Undefined where not even half was good.
 */
export function targetBelow(
  attained: number,
  total: number,
): number | undefined {
  return TARGETS.findLast(
    target => target < attained && (1 - target) * total >= 1,
  );
}
