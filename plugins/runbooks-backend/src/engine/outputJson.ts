import type { JsonObject } from '@backstage/types';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { toJsonObject } from '../json/jsonSchemas';

const outputSchema = z.record(z.string(), z.unknown());

/**
 * What an action gave, checked by its schema, as plain JSON. What it leaves
 * undefined is absent.
 */
export function outputJson(action: RunbookAction, output: unknown): JsonObject {
  return toJsonObject(outputSchema.parse(action.schema.output.parse(output)));
}
