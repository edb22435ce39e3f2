const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** How Trino writes durations (io.airlift.units.Duration), without its smallest units. */
export const TRINO_DURATION = /^(\d{1,9}(?:\.\d{1,3})?) ?(ms|s|m|h|d)$/;

/** Milliseconds of a duration such as `7d` or `168.00h`; undefined when it is not one. */
export function trinoDurationMs(text: string): number | undefined {
  const parts = TRINO_DURATION.exec(text.trim());
  const unit = parts ? UNIT_MS.get(parts[2]) : undefined;
  return parts && unit !== undefined
    ? Math.round(Number(parts[1]) * unit)
    : undefined;
}
