import { z } from 'zod';
import { didYouMean } from './nearestName';

const QUOTED_MAX = 60;

/** Problems of one object that are looked into: a hostile file has a hundred thousand. */
const ISSUES_MAX = 100;
/** Unknown fields of one object that are told. */
export const UNKNOWN_MAX = 20;
/** Of one message for several unknown fields. */
const BETWEEN = '\n';

/** An object with these fields and no others; a field that is written without a value counts as absent. */
export function fields<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, UNKNOWN_MAX)
            .map(key => unknownField(key, known))
            .join(BETWEEN)
        : undefined,
  });
}

/** A field that may be left out, or written without a value. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(value => value ?? undefined);
}

export function unknownField(key: string, known: readonly string[]): string {
  return `There is no field ${quote(key)} here.${didYouMean(
    key,
    known,
  )} What it says would not count. Known fields: ${known.join(', ')}.`;
}

/** What was written, short and on one line. */
export function quote(written: unknown): string {
  const text =
    typeof written === 'string'
      ? written
      : JSON.stringify(written) ?? 'nothing';
  const line = text.replace(/\s+/g, ' ');
  const short =
    line.length > QUOTED_MAX ? `${line.slice(0, QUOTED_MAX)}…` : line;
  return `'${short}'`;
}

/** What Zod found, with the path of each. */
export function fieldIssues(
  error: z.ZodError,
): Array<{ path: Array<string | number>; message: string }> {
  return error.issues.slice(0, ISSUES_MAX).flatMap(issue => {
    const path = issue.path.map(plainStep);
    if (issue.code === 'unrecognized_keys') {
      return issue.message.split(BETWEEN).map((message, index) => ({
        path: [...path, issue.keys[index]],
        message,
      }));
    }
    return [{ path, message: messageOf(issue) }];
  });
}

function plainStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && /undefined$/.test(issue.message)) {
    return `This field is missing. The file can't be used without it: write ${article(
      issue.expected,
    )}.`;
  }
  if (issue.code === 'invalid_type') {
    return `This is not ${article(
      issue.expected,
    )}, so it can't be read. Write ${article(issue.expected)} here.`;
  }
  return issue.message;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object (fields with values)',
  record: 'an object (fields with values)',
  array: 'a list',
};

function article(expected: string): string {
  return KINDS[expected] ?? expected;
}
