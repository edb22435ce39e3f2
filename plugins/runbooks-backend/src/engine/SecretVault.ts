import type { JsonObject } from '@backstage/types';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { parametersSchema } from './ActionRegistry';

/** What stands in the place of a secret wherever parameters are kept or shown. */
export const REDACTED = '<secret>';

const propertiesSchema = z.object({
  properties: z
    .record(z.string(), z.object({ secret: z.boolean().optional() }))
    .optional(),
});

/**
 * Keeps what people typed into parameters that a schema marks with
 * `.meta({ secret: true })`: in this process only, until its time is up.
 */
export class SecretVault {
  readonly #secrets = new Map<
    string,
    { values: JsonObject; expiresAtMs: number }
  >();

  /** Takes the secrets out of parameters and keeps them under a preview's id. */
  redact(options: {
    action: RunbookAction;
    parameters: JsonObject;
    previewId: string;
    keepMs: number;
  }): JsonObject {
    this.#forgetExpired();
    const names = secretNames(options.action).filter(
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
    action: RunbookAction;
    parameters: JsonObject;
    previewId: string;
  }): JsonObject | undefined {
    const { action, parameters, previewId } = options;
    const redacted = secretNames(action).some(
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

function secretNames(action: RunbookAction): string[] {
  const { properties = {} } = propertiesSchema.parse(parametersSchema(action));
  return Object.entries(properties)
    .filter(([, property]) => property.secret === true)
    .map(([name]) => name);
}
