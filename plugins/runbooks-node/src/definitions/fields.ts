import { z } from 'zod';
import { didYouMean } from '../text/nearestName';
import type { Problems } from './Problems';
import type { FieldPath } from './YamlSource';

const UNKNOWN_MAX = 20;
const ISSUES_MAX = 50;

/** An object with these fields and no others. */
export function fields<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, UNKNOWN_MAX)
            .map(key => unknownField(key, known))
            .join('\n')
        : undefined,
  });
}

/** A text within a length. */
export function text(maxLength: number) {
  return z
    .string()
    .min(1, { error: 'This is empty. Write a text.' })
    .max(maxLength, {
      error: `This is longer than the ${maxLength} characters that it may have. Shorten it.`,
    });
}

/** A whole number within bounds. */
export function count(min: number, max: number) {
  const error = `This has to be a whole number from ${min} to ${max}.`;
  return z.number().int({ error }).min(min, { error }).max(max, { error });
}

/** At most so many of something. */
export function list<T extends z.ZodType>(entry: T, max: number) {
  return z.array(entry).max(max, {
    error: `There are more than the ${max} entries that may be here. Remove some.`,
  });
}

/** Says that a field means nothing here. */
export function unknownField(key: string, known: readonly string[]): string {
  return `There is no field '${key.slice(0, 60)}' here.${didYouMean(
    key,
    known,
  )} Known fields: ${known.join(', ')}.`;
}

/** Reads a value by a schema; what is wrong with it is told. */
export function readBy<T extends z.ZodType>(options: {
  schema: T;
  value: unknown;
  path: FieldPath;
  problems: Problems;
}): z.output<T> | undefined {
  const { schema, value, path, problems } = options;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  for (const issue of read.error.issues.slice(0, ISSUES_MAX)) {
    const at = [
      ...path,
      ...issue.path.map(step =>
        typeof step === 'symbol' ? String(step) : step,
      ),
    ];
    if (issue.code === 'unrecognized_keys') {
      issue.message.split('\n').forEach((message, index) => {
        problems.error([...at, issue.keys[index]], message);
      });
    } else problems.error(at, messageOf(issue));
  }
  return undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object (fields with values)',
  record: 'an object (fields with values)',
  array: 'a list',
};

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  const wanted = KINDS[issue.expected] ?? issue.expected;
  return /undefined$/.test(issue.message)
    ? `This field is missing. Write ${wanted}.`
    : `This is not ${wanted}. Write ${wanted} here.`;
}
