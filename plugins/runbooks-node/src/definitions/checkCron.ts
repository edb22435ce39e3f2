const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

const FIELDS = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'day of the week', min: 0, max: 7, words: DAYS },
] as const;

/** What is wrong with five fields of cron; undefined when nothing is. */
export function findCronProblem(expression: string): string | undefined {
  const written = expression.trim().split(/\s+/);
  if (written.length !== FIELDS.length) {
    return `Cron has five fields (minute, hour, day of the month, month, day of the week), and this has ${written.length}. Write, for example, 0 3 * * *.`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const wrong = written[index].split(',').find(part => !fits(part, field));
    if (wrong !== undefined) {
      return `'${wrong.slice(0, 20)}' is no ${
        field.name
      }. Write a number from ${field.min} to ${field.max}, a range such as ${
        field.min
      }-${field.max}, or *.`;
    }
  }
  return undefined;
}

/** Whether there is a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

function fits(part: string, field: (typeof FIELDS)[number]): boolean {
  const [range, step, ...more] = part.split('/');
  if (more.length || (step !== undefined && !/^[1-9]\d?$/.test(step))) {
    return false;
  }
  if (range === '*') return true;
  const [from, to = from, ...rest] = range
    .split('-')
    .map(text => numberOf(text, field));
  return (
    rest.length === 0 &&
    from !== undefined &&
    to !== undefined &&
    from <= to &&
    (step === undefined || range.includes('-'))
  );
}

function numberOf(
  text: string,
  field: (typeof FIELDS)[number],
): number | undefined {
  const words: readonly string[] = field.words;
  const word = words.indexOf(text.toLowerCase());
  const number = word >= 0 ? word + (field.min === 0 ? 0 : 1) : Number(text);
  if (word < 0 && !/^\d{1,2}$/.test(text)) return undefined;
  return number >= field.min && number <= field.max ? number : undefined;
}
