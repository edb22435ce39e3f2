import type { JsonValue } from '@backstage/types';
import { z } from 'zod';

/** A count that may have come as a string of digits. */
const figure = z.union([z.number(), z.string().transform(Number)]).optional();

/**
 * One answer of Trino's statement protocol, of which only what we use is looked at.
 *
 * Source: Trino's documentation, "Trino client REST API", QueryResults attributes.
 */
export const statementPageSchema = z.object({
  id: z.string().min(1),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z
    .array(z.custom<JsonValue[]>(Array.isArray, 'a row is not a list'))
    .optional(),
  updateType: z.string().optional(),
  updateCount: figure,
  stats: z
    .object({
      state: z.string(),
      progressPercentage: figure,
      processedRows: figure,
      processedBytes: figure,
    })
    .optional(),
  error: z
    .object({
      message: z.string().default('no message'),
      errorName: z.string().default('UNKNOWN'),
      errorCode: z.number().optional(),
      errorType: z.string().optional(),
    })
    .optional(),
});

export type StatementPage = z.infer<typeof statementPageSchema>;
