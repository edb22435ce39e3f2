import type { JsonObject, JsonValue } from '@backstage/types';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { didYouMean } from '../text/nearestName';

const KEPT_MAX = 500;
const PROBLEMS_MAX = 50;
/** Keywords that forms and the engine know besides those of JSON Schema. */
const KEYWORDS = ['secret', 'x-picker', 'x-from', 'x-widget'];

/** What does not fit a JSON Schema, and where. @public */
export interface SchemaProblem {
  /** Steps from the value to it. */
  readonly path: ReadonlyArray<string | number>;
  readonly message: string;
}

const kept = new Map<string, ValidateFunction>();

/**
 * Makes a check of a JSON Schema (draft-07).
 *
 * @throws Error when it is none
 */
export function compileSchema(
  schema: JsonObject,
  options: { strict?: boolean } = {},
): ValidateFunction {
  const { strict = true } = options;
  const key = `${strict}${JSON.stringify(schema)}`;
  const known = kept.get(key);
  if (known) return known;
  const ajv = new Ajv({
    strict,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    useDefaults: false,
    logger: false,
  });
  addFormats(ajv);
  if (strict) ajv.addVocabulary(KEYWORDS);
  const compiled = ajv.compile(schema);
  const oldest = kept.keys().next();
  if (kept.size >= KEPT_MAX && !oldest.done) kept.delete(oldest.value);
  kept.set(key, compiled);
  return compiled;
}

/**
 * Checks a value against a JSON Schema, such as that of a runbook's parameters
 * or of a manual step's answer.
 *
 * @throws Error when the schema is none
 * @public
 */
export function findSchemaProblems(
  schema: JsonObject,
  value: JsonValue,
): SchemaProblem[] {
  return schemaProblems(compileSchema(schema, { strict: false }), value);
}

function schemaProblems(
  validate: ValidateFunction,
  value: JsonValue,
): SchemaProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, PROBLEMS_MAX).map(error => {
    const path = pathOf(error.instancePath);
    const extra: unknown = error.params.additionalProperty;
    if (error.keyword === 'additionalProperties' && typeof extra === 'string') {
      const known = Object.keys(error.parentSchema?.properties ?? {});
      return {
        path: [...path, extra],
        message: `There is no field '${extra.slice(0, 60)}' here.${didYouMean(
          extra,
          known,
        )}`,
      };
    }
    const missing: unknown = error.params.missingProperty;
    if (error.keyword === 'required' && typeof missing === 'string') {
      return {
        path: [...path, missing],
        message: `The field '${missing}' is missing. Write it.`,
      };
    }
    return { path, message: `This ${messageOf(error)}.` };
  });
}

function messageOf(error: ErrorObject): string {
  const allowed: unknown = error.params.allowedValues;
  if (error.keyword === 'enum' && Array.isArray(allowed)) {
    return `must be one of ${allowed.slice(0, 20).join(', ')}`;
  }
  return error.message ?? 'does not fit';
}

function pathOf(pointer: string): Array<string | number> {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
}
