import type {
  Preview,
  Run,
  RunStep,
  RunTarget,
  Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';

export const riskSchema = z.enum(['low', 'medium', 'high']);

const runStates = [
  'pending',
  'running',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
  'outcome-unknown',
] as const;

export const runStateSchema = z.enum(runStates);

export const targetSchema: z.ZodType<RunTarget> = z.object({
  system: z.string().min(1).max(64),
  connection: z.string().min(1).max(255),
  kind: z.string().min(1).max(64),
  name: z.string().min(1).max(4096),
});

export const allowanceSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    reason: z.string(),
    remedy: z.string().optional(),
  }),
]);

const unitSchema = z.enum(['files', 'bytes', 'ms', 'percent', 'count', 'text']);
const figureSchema = z.union([z.string(), z.number()]).optional();

export const previewContentSchema = z.object({
  summary: z.string(),
  changes: z.array(
    z.object({
      label: z.string(),
      before: figureSchema,
      after: figureSchema,
      unit: unitSchema,
      estimated: z.boolean().optional(),
    }),
  ),
  samples: z
    .object({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
      total: z.number(),
    })
    .optional(),
  untouched: z.array(z.string()),
  warnings: z.array(z.string()),
});

export const previewSchema: z.ZodType<Preview> = z.object({
  id: z.string(),
  runbookId: z.string(),
  target: targetSchema,
  parameters: jsonObjectSchema,
  risk: riskSchema,
  content: previewContentSchema,
  hash: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  execute: allowanceSchema,
});

export const stepsSchema: z.ZodType<RunStep[]> = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    state: z.enum([...runStates, 'skipped']),
    startedAt: z.string().optional(),
    endedAt: z.string().optional(),
  }),
);

export const verificationSchema: z.ZodType<Verification> = z.object({
  outcome: z.enum(['verified', 'not-verified', 'inconclusive']),
  summary: z.string(),
  metrics: z.array(
    z.object({
      label: z.string(),
      unit: unitSchema,
      before: figureSchema,
      after: figureSchema,
      better: z.enum(['lower', 'higher']).optional(),
    }),
  ),
});

export const runErrorSchema: z.ZodType<NonNullable<Run['error']>> = z.object({
  step: z.string().optional(),
  message: z.string(),
  alreadyDone: z.string().optional(),
  nextStep: z.string().optional(),
});
