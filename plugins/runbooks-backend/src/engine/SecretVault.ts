import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** What stands in the place of a secret wherever parameters are kept or shown. */
export const REDACTED = '<secret>';

const propertiesSchema = z.object({
  properties: z
    .record(z.string(), z.object({ secret: z.boolean().optional() }))
    .optional(),
});

/**
 * Keeps what people typed into parameters that a schema marks with
 * `secret: true`: in this process only, until its time is up.
 */
export class SecretVault {
  readonly #secrets = new Map<
    string,
    { values: JsonObject; expiresAtMs: number }
  >();

  /** Takes the secrets out of parameters and keeps them under a preview's id. */
  redact(options: {
    /** JSON Schema of the parameters. */
    schema: JsonObject;
    parameters: JsonObject;
    previewId: string;
    keepMs: number;
  }): JsonObject {
    this.#forgetExpired();
    const names = secretNames(options.schema).filter(
      name => options.parameters[name] !== undefined,
    );
    if (names.length === 0) return options.parameters;
    const values: JsonObject = {};
    const shown: JsonObject = { ...options.parameters };
    for (const name of names) {
      values[name] = shown[name];
      shown[name] = REDACTED;
    }
    this.#secrets.set(options.previewId, {
      values,
      expiresAtMs: Date.now() + options.keepMs,
    });
    return shown;
  }

  /** Parameters with their secrets; undefined when those are not known here. */
  restore(options: {
    schema: JsonObject;
    parameters: JsonObject;
    previewId: string;
  }): JsonObject | undefined {
    const { schema, parameters, previewId } = options;
    const redacted = secretNames(schema).some(
      name => parameters[name] === REDACTED,
    );
    if (!redacted) return parameters;
    const kept = this.#secrets.get(previewId);
    return kept ? { ...parameters, ...kept.values } : undefined;
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [id, { expiresAtMs }] of this.#secrets) {
      if (expiresAtMs < now) this.#secrets.delete(id);
    }
  }
}

/** Names of the parameters that a JSON Schema marks as secret. */
export function secretNames(schema: JsonObject): string[] {
  const { properties = {} } = propertiesSchema.parse(schema);
  return Object.entries(properties)
    .filter(([, property]) => property.secret === true)
    .map(([name]) => name);
}
