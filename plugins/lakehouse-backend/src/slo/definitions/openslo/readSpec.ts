import type { z } from 'zod';
import { fieldIssues, UNKNOWN_MAX, unknownField } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';

/** Parses a part of an object and tells at its places what is wrong. */
export function readSpec<T extends z.ZodType>(
  schema: T,
  value: unknown,
  spot: Spot,
): z.output<T> | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of fieldIssues(parsed.error)) {
    spot.at(...path).error(message);
  }
  return undefined;
}

/** Tells of fields that are written but not read. */
export function warnOfUnknown(options: {
  value: Readonly<Record<string, unknown>>;
  known: readonly string[];
  spot: Spot;
}) {
  const { value, known, spot } = options;
  const unknown = Object.keys(value).filter(key => !known.includes(key));
  for (const key of unknown.slice(0, UNKNOWN_MAX)) {
    spot.at(key).warn(unknownField(key, known));
  }
}
