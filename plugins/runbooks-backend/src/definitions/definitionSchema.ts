import {
  RISKS,
  type RunbookDefinition,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';

const rule = z.object({
  groups: z.array(z.string()),
  count: z.number(),
  expiresAfterMs: z.number(),
});

const base = {
  id: z.string(),
  title: z.string(),
  docs: z.string().optional(),
  if: z.string().optional(),
};

const call = {
  action: z.string(),
  input: jsonObjectSchema,
  timeoutMs: z.number().optional(),
  retry: z.object({ attempts: z.number(), delayMs: z.number() }).optional(),
};

const metric = z.object({
  label: z.string(),
  value: z.string(),
  unit: z.enum(['files', 'bytes', 'ms', 'percent', 'count', 'text']),
  better: z.enum(['lower', 'higher']).optional(),
});

const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('action'),
    ...base,
    ...call,
    foreach: z
      .object({
        in: z.string(),
        concurrency: z.number(),
        maxItems: z.number(),
        stopOnErrorRate: z.number(),
      })
      .optional(),
  }),
  z.object({
    kind: z.literal('check'),
    ...base,
    ...call,
    assert: z.string(),
    message: z.string(),
  }),
  z.object({
    kind: z.literal('verify'),
    ...base,
    ...call,
    assert: z.string(),
    metrics: z.array(metric),
    withinMs: z.number(),
    everyMs: z.number(),
  }),
  z.object({
    kind: z.literal('manual'),
    ...base,
    instruction: z.string(),
    answerSchema: jsonObjectSchema,
    expiresAfterMs: z.number(),
  }),
  z.object({
    kind: z.literal('approval'),
    ...base,
    question: z.string(),
    rule,
  }),
]);

const trigger = z.object({
  slo: z
    .object({
      indicator: z.string().optional(),
      name: z.string().optional(),
      severity: z.string().optional(),
    })
    .optional(),
  condition: z.object({ system: z.string(), name: z.string() }).optional(),
  cron: z.object({ expression: z.string(), timeZone: z.string() }).optional(),
  start: z.object({ parameters: jsonObjectSchema }).optional(),
});

/** A definition as it is kept. */
export const definitionSchema: z.ZodType<RunbookDefinition> = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  verb: z.string(),
  owner: z.string().optional(),
  tags: z.array(z.string()),
  docs: z.string().optional(),
  risk: z.enum(RISKS),
  appliesTo: z.array(
    z.object({
      kind: z.string().optional(),
      type: z.string().optional(),
      annotation: z.string().optional(),
    }),
  ),
  triggers: z.array(trigger),
  parameters: jsonObjectSchema,
  target: z.object({
    system: z.string(),
    connection: z.string(),
    kind: z.string(),
    name: z.string(),
  }),
  approval: rule.optional(),
  limits: z.object({
    maxConcurrent: z.number().optional(),
    maxPerHour: z.number().optional(),
    maxPerTargetPerHour: z.number().optional(),
  }),
  whenLocked: z.enum(['refuse', 'queue']),
  runAs: z.string().optional(),
  steps: z.array(step),
  onFailure: z.array(step),
  finally: z.array(step),
});
