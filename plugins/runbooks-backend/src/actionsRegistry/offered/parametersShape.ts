import type { JsonObject } from '@backstage/types';
import { z as zod4 } from 'zod';
import type { z, ZodTypeAny } from 'zod/v3';

const propertySchema = zod4.object({
  type: zod4.string().optional(),
  title: zod4.string().optional(),
  description: zod4.string().optional(),
  enum: zod4.array(zod4.string()).min(1).optional(),
  secret: zod4.boolean().optional(),
});

const schemaShape = zod4.object({
  properties: zod4.record(zod4.string(), zod4.unknown()).default({}),
  required: zod4.array(zod4.string()).default([]),
});

/**
 * The parameters of a runbook as the actions registry wants them described:
 * names, kinds and whether they are needed. What else the schema asks is held
 * to when the preview is made.
 */
export function parametersShape(zod: typeof z, schema: JsonObject = {}) {
  const { properties, required } = schemaShape.parse(schema);
  const shape: Record<string, ZodTypeAny> = {};
  for (const [name, value] of Object.entries(properties)) {
    const property = propertySchema.safeParse(value).data ?? {};
    const type = typeOf(zod, property).describe(describe(property));
    // Defaults are filled in when it is previewed.
    shape[name] =
      required.includes(name) && !hasDefault(value) ? type : type.optional();
  }
  return zod.object(shape).strict();
}

function typeOf(
  zod: typeof z,
  { type, enum: values }: zod4.output<typeof propertySchema>,
): ZodTypeAny {
  const [first, ...others] = values ?? [];
  if (first !== undefined) return zod.enum([first, ...others]);
  switch (type) {
    case 'string':
      return zod.string();
    case 'number':
      return zod.number();
    case 'integer':
      return zod.number().int();
    case 'boolean':
      return zod.boolean();
    case 'array':
      return zod.array(zod.unknown());
    default:
      return zod.unknown();
  }
}

function describe({
  title,
  description,
  secret,
}: zod4.output<typeof propertySchema>): string {
  return [
    title,
    description,
    secret ? 'Secret: better typed by a person in Backstage.' : undefined,
  ]
    .filter(Boolean)
    .join(': ');
}

function hasDefault(value: unknown): boolean {
  return zod4.object({ default: zod4.json() }).safeParse(value).success;
}
