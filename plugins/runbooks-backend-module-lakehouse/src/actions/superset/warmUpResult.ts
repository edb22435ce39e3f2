import { z } from 'zod';

/** A chart that was computed and cached. */
export const warmedSchema = z.object({ id: z.string(), name: z.string() });

/** A chart that could not be computed, and why. */
export const failedSchema = warmedSchema.extend({ error: z.string() });

/** What came of each chart of a dashboard. */
export interface WarmUpResult {
  readonly warmed: ReadonlyArray<z.output<typeof warmedSchema>>;
  readonly failed: ReadonlyArray<z.output<typeof failedSchema>>;
  /** So many were known to fail before. */
  readonly mayFail?: number;
}
