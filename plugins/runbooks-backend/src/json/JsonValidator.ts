import { InputError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { sha256OfJson } from '@lakehouse-ops/plugin-runbooks-node';

const MAX_COMPILED = 500;
const MAX_FAULTS = 20;

/** Holds JSON to JSON Schemas (draft-07), and remembers the compiled ones. */
export class JsonValidator {
  readonly #ajv = addFormats(
    new Ajv({
      // Runbook files mark their parameters with keywords of their own.
      strict: false,
      allErrors: false,
      useDefaults: false,
    }),
  );
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @throws InputError that names each field and what is wrong with it */
  assert(schema: JsonObject, value: JsonObject, what: string): void {
    const faults = this.faults(schema, value, what);
    if (faults.length === 0) return;
    throw new InputError(
      `Nothing was done, because of what was sent as ${what}: ${faults.join(
        '; ',
      )}`,
    );
  }

  /** What is wrong with it, each naming its field; nothing when all is well. */
  faults(schema: JsonObject, value: JsonObject, what: string): string[] {
    const validate = this.#compile(schema, what);
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, MAX_FAULTS).map(describe);
  }

  #compile(schema: JsonObject, what: string): ValidateFunction {
    const key = sha256OfJson(schema);
    const known = this.#compiled.get(key);
    if (known) return known;
    try {
      // Two files may give their schemas the same $id.
      const { $id: _, ...rest } = schema;
      const compiled = this.#ajv.compile(rest);
      if (this.#compiled.size >= MAX_COMPILED) this.#compiled.clear();
      this.#compiled.set(key, compiled);
      return compiled;
    } catch (error) {
      throw new InputError(
        `The schema of the ${what} can't be used: ${toError(error).message}`,
      );
    }
  }
}

function describe(error: ErrorObject): string {
  const field = error.instancePath.slice(1).replaceAll('/', '.');
  const missing =
    error.keyword === 'required' ? String(error.params.missingProperty) : '';
  const extra =
    error.keyword === 'additionalProperties'
      ? String(error.params.additionalProperty)
      : '';
  if (missing)
    return `${[field, missing].filter(Boolean).join('.')}: is missing`;
  if (extra) return `${[field, extra].filter(Boolean).join('.')}: is not known`;
  const allowed =
    error.keyword === 'enum'
      ? `: ${JSON.stringify(error.params.allowedValues)}`
      : '';
  return `${field || 'it'}: ${
    error.message ?? 'is not as it has to be'
  }${allowed}`;
}
