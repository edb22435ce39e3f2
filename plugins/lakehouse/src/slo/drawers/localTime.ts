import { DateTime } from 'luxon';

/** What a field of a date and a time takes, in the viewer's zone. */
export function toFieldTime(time: Date): string {
  return DateTime.fromJSDate(time).toFormat("yyyy-LL-dd'T'HH:mm");
}

/** The ISO time of such a field; nothing while it is not whole. */
export function fromFieldTime(text: string): string | undefined {
  const time = DateTime.fromISO(text);
  return text !== '' && time.isValid
    ? time.toJSDate().toISOString()
    : undefined;
}
