import { toError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import { compileSchema } from './jsonSchema';
import type { Problems } from './Problems';
import type { FieldPath } from './YamlSource';

const PROPERTIES_MAX = 100;
const PATTERN_MAX_LENGTH = 200;

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef', '$id', '$schema'];

/** A part that repeats and holds a part that repeats takes exponential time. */
const NESTED_REPEAT = /\([^)]*[+*}][^)]*\)\s*[+*{]/;
const BACK_REFERENCE = /\\[1-9k]/;

/**
 * Checks a JSON Schema that a file brings: an object's, bounded, and with no
 * more in it than what forms and checks know.
 *
 * @returns the names of its properties
 */
export function checkParameters(
  schema: JsonObject,
  options: { path: FieldPath; problems: Problems },
): string[] {
  const { path, problems } = options;
  if (schema.type !== 'object') {
    problems.error(
      [...path, 'type'],
      "The schema has to be one of an object. Write 'type: object'.",
    );
    return [];
  }
  checkParts(schema, { path, problems });
  const properties = asObject(schema.properties);
  const names = Object.keys(properties);
  if (names.length > PROPERTIES_MAX) {
    problems.error(
      [...path, 'properties'],
      `There are more than the ${PROPERTIES_MAX} that may be here.`,
    );
    return names;
  }
  if (Array.isArray(schema.required)) {
    schema.required.forEach((name, index) => {
      if (typeof name === 'string' && !names.includes(name)) {
        problems.error(
          [...path, 'required', index],
          `'${name}' is required and is not under properties.`,
        );
      }
    });
  }
  if (problems.hasErrors) return names;
  try {
    compileSchema(schema);
  } catch (error) {
    problems.error(
      path,
      `This is no JSON Schema that can be used: ${toError(error).message.slice(
        0,
        300,
      )}.`,
    );
  }
  return names;
}

function checkParts(
  value: JsonValue | undefined,
  options: { path: FieldPath; problems: Problems },
): void {
  const { path, problems } = options;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((entry, index) =>
      checkParts(entry, { problems, path: [...path, index] }),
    );
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const at = [...path, key];
    if (typeof entry === 'string' && REFERENCES.includes(key)) {
      problems.error(
        at,
        'References are not followed. Write the schema out in this place.',
      );
    }
    if (key === 'pattern' && typeof entry === 'string') {
      checkPattern(entry, { path: at, problems });
    }
    if (key === 'patternProperties') {
      problems.error(
        at,
        "Fields can't be named by patterns here. Write them under properties.",
      );
    }
    checkParts(entry, { problems, path: at });
  }
}

function checkPattern(
  pattern: string,
  options: { path: FieldPath; problems: Problems },
): void {
  const { path, problems } = options;
  if (
    pattern.length > PATTERN_MAX_LENGTH ||
    NESTED_REPEAT.test(pattern) ||
    BACK_REFERENCE.test(pattern)
  ) {
    problems.error(
      path,
      `This pattern could take for ever to check. Keep it under ${PATTERN_MAX_LENGTH} characters, without repeats inside of repeats and without back references.`,
    );
  }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}
