import { DateTime } from 'luxon';

/** "42 s ago" under a day, else the date in the viewer's zone. */
export function readableTime(iso: string, now = DateTime.now()): string {
  const time = DateTime.fromISO(iso);
  if (!time.isValid) return iso;
  const ageHours = now.diff(time, 'hours').hours;
  if (ageHours >= 0 && ageHours < 24) {
    if (ageHours < 1 / 60) return 'just now';
    return time.toRelative({ base: now, style: 'short' }) ?? iso;
  }
  return time.toLocaleString(DateTime.DATETIME_MED);
}

/**
 * A time for people: relative under a day, else in the viewer's zone; in UTC
 * on hover.
 *
 * @public
 */
export function TimeText(props: {
  iso: string;
  /** `clock` shows the time of day, for logs. */
  format?: 'readable' | 'clock';
}) {
  const time = DateTime.fromISO(props.iso);
  const text =
    props.format === 'clock' && time.isValid
      ? time.toFormat('HH:mm:ss')
      : readableTime(props.iso);
  const utc = time.isValid
    ? time.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'")
    : undefined;
  return (
    <time dateTime={props.iso} title={utc}>
      {text}
    </time>
  );
}
