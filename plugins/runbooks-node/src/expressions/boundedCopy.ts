import { InputError } from '@backstage/errors';
import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import {
  isDataKey,
  RESULT_MAX_DEPTH,
  RESULT_MAX_LENGTH,
  RESULT_MAX_VALUES,
} from './limits';

/** Copies a value as plain JSON, without keys that are no data, and within bounds. */
export class BoundedCopy {
  #values = 0;
  #length = 0;

  /** @throws InputError when it is too large or too deep */
  copy(value: JsonValue, depth = 0): JsonValue {
    this.#count(1, 0);
    if (typeof value === 'string') this.#count(0, value.length);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= RESULT_MAX_DEPTH) {
      throw new InputError(
        `it gives lists and objects more than ${RESULT_MAX_DEPTH} deep. Take the part that is needed`,
      );
    }
    if (Array.isArray(value)) {
      const list: JsonArray = [];
      for (const entry of value) list.push(this.copy(entry, depth + 1));
      return list;
    }
    const object: JsonObject = {};
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined || !isDataKey(key)) continue;
      this.#count(0, key.length);
      object[key] = this.copy(entry, depth + 1);
    }
    return object;
  }

  #count(values: number, length: number) {
    this.#values += values;
    this.#length += length;
    if (this.#values > RESULT_MAX_VALUES || this.#length > RESULT_MAX_LENGTH) {
      throw new InputError(
        `it gives more than ${RESULT_MAX_VALUES} values or ${RESULT_MAX_LENGTH} characters. Take the part that is needed`,
      );
    }
  }
}
