import type { JsonObject, JsonValue } from '@backstage/types';
import { hasExpression } from '../expressions/splitTemplate';
import { findSchemaProblems } from './jsonSchema';
import type { Problems } from './Problems';
import type { FieldPath } from './YamlSource';

/** Checks what of an input is written out against the schema that it has to fit. */
export function checkInput(options: {
  schema: JsonObject;
  input: JsonObject;
  path: FieldPath;
  problems: Problems;
}): void {
  const { schema, input, path, problems } = options;
  for (const problem of findSchemaProblems(schema, input)) {
    // What is filled in is checked when it is.
    if (holdsExpression(valueAt(input, problem.path))) continue;
    problems.error([...path, ...problem.path], problem.message);
  }
}

function valueAt(
  value: JsonValue | undefined,
  path: FieldPath,
): JsonValue | undefined {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) at = typeof step === 'number' ? at[step] : undefined;
    else at = Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

function holdsExpression(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return hasExpression(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsExpression);
}
