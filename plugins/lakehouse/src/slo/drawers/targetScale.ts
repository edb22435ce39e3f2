/** Targets below are no promise; above, no budget is left to measure. */
const MIN_TARGET = 0.5;
const MAX_TARGET = 0.99999;

/** A slider's place of a target: each nine takes the same room. */
export function targetToPlace(target: number): number {
  return -Math.log10(1 - clampTarget(target));
}

/** The target at a slider's place, with no more decimals than make a difference there. */
export function placeToTarget(place: number): number {
  const miss = 10 ** -place;
  const decimals = Math.max(3, Math.ceil(place) + 1);
  return clampTarget(Number((1 - miss).toFixed(decimals)));
}

/** Ends of the slider. */
export const TARGET_PLACES = {
  min: targetToPlace(MIN_TARGET),
  max: targetToPlace(MAX_TARGET),
};

/** A target of a text such as `99.5`; nothing when it is none that can be promised. */
export function parseTarget(percent: string): number | undefined {
  const value = Number(percent.replace(',', '.').replace('%', '').trim());
  if (percent.trim() === '' || !Number.isFinite(value)) return undefined;
  const target = Number((value / 100).toPrecision(12));
  return target > 0 && target < 1 ? target : undefined;
}

/** A target as a person types it: `99.5`. */
export function targetText(target: number): string {
  return String(Number((target * 100).toPrecision(12)));
}

/** A value of a threshold with three figures, as sliders give it. */
export function roundThreshold(value: number): number {
  return Number(value.toPrecision(value < 10 ? 2 : 3));
}

function clampTarget(target: number): number {
  return Math.min(MAX_TARGET, Math.max(MIN_TARGET, target));
}
