import type { JsonObject, JsonValue } from '@backstage/types';
import { REDACTED, secretNames } from './SecretVault';

/** The values of secret properties, as they may turn up elsewhere. */
export function secretValues(
  schema: JsonObject,
  values: JsonObject,
): JsonValue[] {
  return secretNames(schema).flatMap(name => {
    const value = values[name];
    return value === undefined || value === '' || value === null ? [] : [value];
  });
}

/** Takes secrets out of whatever was made of them, also from within texts. */
export function redactSecrets(
  value: JsonValue,
  secrets: readonly JsonValue[],
): JsonValue {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') {
    return secrets.reduce<string>(
      (text, secret) =>
        typeof secret === 'string' || typeof secret === 'number'
          ? text.replaceAll(String(secret), REDACTED)
          : text,
      value,
    );
  }
  if (secrets.some(secret => secret === value)) return REDACTED;
  if (Array.isArray(value)) {
    return value.map(entry => redactSecrets(entry, secrets));
  }
  if (typeof value !== 'object' || value === null) return value;
  return redactObject(value, secrets);
}

/** As {@link redactSecrets}, of an object. */
export function redactObject(
  value: JsonObject,
  secrets: readonly JsonValue[],
): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      entry === undefined ? undefined : redactSecrets(entry, secrets),
    ]),
  );
}
