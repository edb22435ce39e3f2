export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Widths of buckets, as the table has them. */
export const WIDTHS = { minute: 1, hour: 2, day: 3 } as const;

export type Width = keyof typeof WIDTHS;

export const WIDTH_MS: Readonly<Record<Width, number>> = {
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
};

export function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

export function ceilTo(ms: number, stepMs: number): number {
  return Math.ceil(ms / stepMs) * stepMs;
}
