import { z } from 'zod';

/** A number that a statement answered: 64-bit ones may come as digits. */
const number = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?(E-?\d+)?$/i)
      .transform(Number),
  ])
  .refine(Number.isFinite);

/** Nothing instead of null. */
function orNothing<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(value => value ?? undefined);
}

/** Shapes of the values in a statement's rows. */
export const values = {
  number,
  optionalNumber: orNothing(number),
  text: z.string(),
  optionalText: orNothing(z.string()),
  boolean: z.boolean(),
  optionalBoolean: orNothing(z.boolean()),
  /** What `to_iso8601` wrote, in UTC. */
  time: z.string().transform(toUtc),
  optionalTime: z
    .string()
    .nullish()
    .transform(value => (value ? toUtc(value) : undefined)),
  optionalTextMap: orNothing(z.record(z.string(), z.string().nullable())),
};

function toUtc(text: string): string {
  return new Date(text).toISOString();
}
