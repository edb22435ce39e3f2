import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** Any JSON object. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(
  z.string(),
  z.json(),
);

/** Reads a text column that holds JSON of the given shape. */
export function jsonText<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** Plain JSON of a value: what is `undefined` is left out. */
export function toJsonObject(value: object): JsonObject {
  return jsonObjectSchema.parse(JSON.parse(JSON.stringify(value)));
}
