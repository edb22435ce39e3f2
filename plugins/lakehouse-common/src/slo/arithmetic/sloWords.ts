import { DateTime } from 'luxon';
import type { SloWindow } from '../definition';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './MsSpan';

const wholes = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `63 %`, `0.4 %`, `<0.1 %`, `163 %`, `2,755 %`: neither a rest nor a whole is made up by rounding. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) {
    return '<0.1 %';
  }
  if ((percent > 99 && percent < 100) || (percent > 100 && percent < 101)) {
    return percent < 100
      ? `${Math.floor(percent * 10) / 10} %`
      : `${Math.ceil(percent * 10) / 10} %`;
  }
  return percent >= 10 || percent === 0
    ? `${wholes.format(percent)} %`
    : `${Math.round(percent * 10) / 10} %`;
}

/** `99.685 %`: as written, up to six significant decimals. */
export function targetText(target: number): string {
  return `${Number((target * 100).toPrecision(8))} %`;
}

/** `30 days'`, `1 day's`, `this month's`, `these 2 weeks'`: a window that owns a budget. */
export function windowOwner(window: SloWindow): string {
  if (window.kind === 'rolling') {
    const text = durationText(window.durationMs);
    return text.endsWith('s') ? `${text}'` : `${text}'s`;
  }
  return window.count === 1
    ? `this ${window.unit}'s`
    : `these ${window.count} ${window.unit}s'`;
}

/** `6 hours`, `1 day`, `84 minutes`, `1.5 hours`. */
export function durationText(ms: number): string {
  const [unitMs, unit] = unitOf(ms);
  const count = Math.round((ms / unitMs) * 10) / 10;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function unitOf(ms: number): [number, string] {
  if (ms >= DAY_MS && ms % DAY_MS === 0) {
    return [DAY_MS, 'day'];
  }
  if (ms >= 3 * DAY_MS) {
    return [DAY_MS, 'day'];
  }
  return ms >= 2 * HOUR_MS || ms === HOUR_MS
    ? [HOUR_MS, 'hour']
    : [MINUTE_MS, 'minute'];
}

/** `14:00 UTC` today, `Tuesday 14:00 UTC` within six days, else `3 December 14:00 UTC`, with the year in another year. */
export function momentText(at: string, nowMs: number): string {
  const moment = DateTime.fromISO(at, { zone: 'utc' }).setLocale('en-GB');
  const now = DateTime.fromMillis(nowMs, { zone: 'utc' });
  if (moment.hasSame(now, 'day')) {
    return moment.toFormat("HH:mm 'UTC'");
  }
  const daysOff = Math.abs(
    moment.startOf('day').diff(now.startOf('day'), 'days').days,
  );
  if (daysOff <= 6) {
    return moment.toFormat("cccc HH:mm 'UTC'");
  }
  return moment.toFormat(
    moment.year === now.year ? "d LLLL HH:mm 'UTC'" : "d LLLL yyyy HH:mm 'UTC'",
  );
}

/** Before a moment within today: `at 14:00 UTC`; before a day: `on Tuesday 14:00 UTC`. */
export function onMoment(at: string, nowMs: number): string {
  const text = momentText(at, nowMs);
  return /^\d\d:/.test(text) ? `at ${text}` : `on ${text}`;
}
