const UNTOLD_WAIT_MS = 1000;

/**
 * How long a 429 asks to wait: seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @param attempt - counts from 1; waits grow with it where none is told
 */
export function retryAfterMs(
  header: string | undefined,
  attempt: number,
  nowMs = Date.now(),
): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const dateMs = Date.parse(text);
  if (!Number.isNaN(dateMs)) return Math.max(0, dateMs - nowMs);
  return UNTOLD_WAIT_MS * 2 ** (attempt - 1);
}
