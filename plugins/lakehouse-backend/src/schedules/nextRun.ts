import { toError } from '@backstage/errors';
import { CronExpressionParser } from 'cron-parser';
import { IANAZone } from 'luxon';

const FIELDS = 5;
const MACROS = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
/** Longer than any schedule that a person writes. */
const MAX_LENGTH = 200;
const MAX_REASON_LENGTH = 200;

/** When something runs next, or why that can't be told. */
export type NextRun =
  | { readonly at: string; readonly reason?: undefined }
  | { readonly at?: undefined; readonly reason: string };

/**
 * When a crontab is due next after `now`: five fields as cron reads them (a day
 * of the month and one of the week that are both told mean either), or a macro
 * such as `@daily`, in the time zone's own clock.
 */
export function nextRun(options: {
  crontab: string | undefined;
  /** UTC when absent. */
  timezone: string | undefined;
  now: Date;
}): NextRun {
  const { timezone = 'UTC', now } = options;
  const crontab = options.crontab?.trim() ?? '';
  const problem = problemOf(crontab);
  if (problem) return { reason: problem };
  if (!IANAZone.isValidZone(timezone)) {
    return {
      reason: `its time zone '${clip(timezone)}' is not known here`,
    };
  }
  try {
    const next = CronExpressionParser.parse(spelled(crontab), {
      tz: timezone,
      currentDate: now,
    }).next();
    const at = next.toISOString();
    return at === null
      ? { reason: `its schedule '${crontab}' is never due` }
      : { at };
  } catch (error) {
    return {
      reason: clip(
        `its schedule '${crontab}' is not understood: ${
          toError(error).message
        }`,
      ),
    };
  }
}

function problemOf(crontab: string): string | undefined {
  if (crontab === '') return 'it has no schedule';
  if (crontab.length > MAX_LENGTH) {
    return `its schedule is longer than ${MAX_LENGTH} characters`;
  }
  if (crontab.startsWith('@')) {
    return MACROS.has(crontab.toLocaleLowerCase('en-US'))
      ? undefined
      : `its schedule '${crontab}' is not understood`;
  }
  const fields = crontab.split(/\s+/);
  if (fields.length !== FIELDS) {
    return `its schedule '${crontab}' does not have ${FIELDS} fields`;
  }
  // The parser reads H as "some time": another one than whoever runs it.
  return fields.some(field => /^h\b/i.test(field))
    ? `its schedule '${crontab}' leaves the time open`
    : undefined;
}

/** Superset takes letters of either case, the parser only some. */
function spelled(crontab: string): string {
  return crontab.startsWith('@')
    ? crontab.toLocaleLowerCase('en-US')
    : crontab.toLocaleUpperCase('en-US');
}

function clip(text: string): string {
  return text.length > MAX_REASON_LENGTH
    ? `${text.slice(0, MAX_REASON_LENGTH)}…`
    : text;
}
