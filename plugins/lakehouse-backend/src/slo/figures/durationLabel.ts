const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A duration as Prometheus writes it, in the largest unit that it is a whole number of: `3d`, `36h`, `5m`. */
export function durationLabel(ms: number): string {
  const unit = UNITS.find(([, of]) => ms >= of && ms % of === 0);
  return unit ? `${ms / unit[1]}${unit[0]}` : `${ms}ms`;
}
