const UNITS_MS: Readonly<Record<string, number>> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

const DURATION =
  /^(?:(\d{1,9})y)?(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?$/;

/** A duration as Prometheus writes it, such as `4w` or `1h30m`, in ms; undefined for what is none. */
export function parsePrometheusDuration(text: string): number | undefined {
  const found = text === '' ? null : DURATION.exec(text);
  if (!found) return undefined;
  return Object.values(UNITS_MS).reduce(
    (sum, unitMs, index) => sum + Number(found[index + 1] ?? 0) * unitMs,
    0,
  );
}
