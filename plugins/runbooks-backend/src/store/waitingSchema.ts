import type { RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';
import { previewContentSchema } from './modelSchemas';

const bounded = { since: z.string(), until: z.string() };

/** Reads what a run waits for. */
export const waitingSchema: z.ZodType<RunWaiting> = z.discriminatedUnion(
  'kind',
  [
    z.object({
      ...bounded,
      kind: z.literal('approval'),
      stepId: z.string().optional(),
      question: z.string(),
      groups: z.array(z.string()),
      needed: z.number(),
      previewHash: z.string(),
      preview: previewContentSchema.optional(),
    }),
    z.object({
      ...bounded,
      kind: z.literal('answer'),
      stepId: z.string(),
      instruction: z.string(),
      answerSchema: jsonObjectSchema,
    }),
    z.object({
      ...bounded,
      kind: z.literal('decision'),
      stepId: z.string(),
      facts: z.string(),
    }),
    z.object({ ...bounded, kind: z.literal('person') }),
    z.object({
      ...bounded,
      kind: z.literal('lock'),
      key: z.string(),
      heldBy: z.string(),
      heldByRunId: z.string(),
    }),
    z.object({
      kind: z.literal('pause'),
      since: z.string(),
      by: z.string(),
      reason: z.string(),
    }),
  ],
);
