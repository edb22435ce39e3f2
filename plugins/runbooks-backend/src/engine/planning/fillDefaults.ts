import type { JsonObject } from '@backstage/types';
import {
  type ExpressionScope,
  renderTemplate,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { jsonObjectSchema } from '../../json/jsonSchemas';

const propertiesSchema = z.record(z.string(), z.unknown());
const defaultSchema = z.object({ default: z.json() });

/**
 * Fills in the defaults of parameters that were not given. A default may hold
 * `${{ context.… }}`; one that comes to nothing is left out.
 */
export function fillDefaults(
  schema: JsonObject,
  scope: ExpressionScope,
): JsonObject {
  const properties = propertiesSchema.safeParse(schema.properties);
  const filled: JsonObject = { ...scope.parameters };
  for (const [name, property] of Object.entries(properties.data ?? {})) {
    if (Object.hasOwn(filled, name)) continue;
    const given = defaultSchema.safeParse(property);
    if (!given.success) continue;
    const value = renderTemplate(given.data.default, scope);
    if (value !== null) filled[name] = value;
  }
  return jsonObjectSchema.parse(filled);
}
