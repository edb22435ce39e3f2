/** A time without a zone, as Superset writes all that it keeps: it means UTC. */
const NAIVE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** An ISO time in UTC, or nothing when the text is no time. */
export function parseSupersetTime(
  text: string | null | undefined,
): string | undefined {
  if (!text) return undefined;
  const whole = NAIVE.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  const ms = Date.parse(whole);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
