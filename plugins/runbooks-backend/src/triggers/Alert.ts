import { z } from 'zod';

const text = z.string().min(1).max(512);

/** What is told of the alert of an SLO, as far as it is needed to start runbooks. */
export const alertSchema = z.object({
  alertId: text,
  state: z.enum(['fired', 'resolved']),
  slo: z.object({ name: text }),
  indicator: text.optional(),
  entityRef: text.optional(),
  severity: text.optional(),
});

/** The alert of an SLO. */
export type Alert = z.output<typeof alertSchema>;
