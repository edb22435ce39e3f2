const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A duration above 0 as PromQL writes it: `3d`, `36h`, `59m59s`. */
export function promDuration(ms: number): string {
  const whole = UNITS.slice(0, -1).find(([, of]) => ms >= of && ms % of === 0);
  if (whole) return `${ms / whole[1]}${whole[0]}`;
  let rest = ms;
  return UNITS.map(([unit, of]) => {
    const count = Math.floor(rest / of);
    rest -= count * of;
    return count ? `${count}${unit}` : '';
  }).join('');
}
