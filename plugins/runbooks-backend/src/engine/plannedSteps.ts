import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';

const plannedStepSchema = z.object({
  /** Secrets are taken out. */
  input: jsonObjectSchema,
  fingerprint: jsonObjectSchema,
});

/**
 * What a preview has settled of the steps of a runbook file that could be
 * previewed beforehand: the fingerprint of such a preview, and of its run. The
 * key is the step's id, with `#` and the place of the entry when it is done for
 * each entry of a list.
 */
export type PlannedSteps = Record<string, z.output<typeof plannedStepSchema>>;

/** What was settled of one step; absent when it is previewed once it is reached. */
export function plannedStep(
  fingerprint: JsonObject,
  key: string,
): PlannedSteps[string] | undefined {
  return Object.hasOwn(fingerprint, key)
    ? plannedStepSchema.parse(fingerprint[key])
    : undefined;
}

/** The key of a step, or of one entry of its list. */
export function stepKey(stepId: string, index?: number): string {
  return index === undefined ? stepId : `${stepId}#${index}`;
}
