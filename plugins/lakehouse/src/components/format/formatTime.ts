import { DateTime } from 'luxon';

/** `10:42` in the viewer's zone, with the day when it is not today. */
export function formatClock(iso: string, now: Date = new Date()): string {
  const time = DateTime.fromISO(iso);
  if (!time.isValid) return iso;
  return time.hasSame(DateTime.fromJSDate(now), 'day')
    ? time.toFormat('HH:mm')
    : time.toFormat('d LLL HH:mm');
}

/** `2026-11-21 10:42:03 UTC`. */
export function formatUtc(iso: string): string {
  const time = DateTime.fromISO(iso, { zone: 'utc' });
  return time.isValid ? `${time.toFormat('yyyy-LL-dd HH:mm:ss')} UTC` : iso;
}

/** `21 Nov 2026 10:42` in the viewer's zone. */
export function formatDateTime(iso: string): string {
  const time = DateTime.fromISO(iso);
  return time.isValid ? time.toFormat('d LLL yyyy HH:mm') : iso;
}

/** A label on a time axis that spans this long. */
export function formatAxisTime(timeMs: number, spanMs: number): string {
  const time = DateTime.fromMillis(timeMs);
  if (spanMs <= 5 * 60_000) return time.toFormat('HH:mm:ss');
  if (spanMs <= 26 * 3_600_000) return time.toFormat('HH:mm');
  if (spanMs <= 4 * 86_400_000) return time.toFormat('d LLL HH:mm');
  return time.toFormat('d LLL');
}
