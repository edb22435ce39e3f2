const MS_BY_UNIT: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration as Trino prints it, for example `537.42us`, `1.03m` or `1.50d`.
 *
 * Source: io.airlift.units.Duration.
 *
 * @returns milliseconds; undefined when the text is no such duration
 * @public
 */
export function parseTrinoDuration(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ns|us|ms|s|m|h|d)\s*$/.exec(text);
  return match ? Number(match[1]) * MS_BY_UNIT[match[2]] : undefined;
}
