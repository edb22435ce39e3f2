import { z } from 'zod';

/** The envelope of all answers. Source: Prometheus' HTTP API, "Format overview". */
export function answerSchema<T>(data: z.ZodType<T>) {
  return z.object({
    status: z.literal('success'),
    data,
    warnings: z.array(z.string()).nullish(),
    infos: z.array(z.string()).nullish(),
  });
}
