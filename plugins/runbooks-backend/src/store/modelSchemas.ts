import type {
  Preview,
  PreviewContent,
  PreviewStep,
  Run,
  RunOrigin,
  RunStep,
  RunTarget,
  Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';

export const riskSchema = z.enum(['low', 'medium', 'high']);

const runStates = [
  'pending',
  'waiting',
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

export const previewContentSchema: z.ZodType<PreviewContent> = z.object({
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

const sectionSchema = z.enum(['steps', 'onFailure', 'finally']);

const previewStepSchema: z.ZodType<PreviewStep> = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['action', 'check', 'verify', 'manual', 'approval']),
  section: sectionSchema,
  known: z.enum(['now', 'later', 'skipped']),
  actionId: z.string().optional(),
  risk: riskSchema.optional(),
  target: targetSchema.optional(),
  content: previewContentSchema.optional(),
  note: z.string().optional(),
});

export const approvalRuleSchema = z.object({
  groups: z.array(z.string()),
  count: z.number(),
  expiresAfterMs: z.number(),
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
  steps: z.array(previewStepSchema).optional(),
  definitionHash: z.string().optional(),
  approval: approvalRuleSchema.optional(),
});

export const stepStateSchema = z.enum([...runStates, 'skipped']);

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

export const stepsSchema: z.ZodType<RunStep[]> = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    state: stepStateSchema,
    startedAt: z.string().optional(),
    endedAt: z.string().optional(),
    stepId: z.string().optional(),
    kind: z
      .enum(['check', 'execute', 'verify', 'manual', 'approval'])
      .optional(),
    section: sectionSchema.optional(),
    item: z.object({ index: z.number(), label: z.string() }).optional(),
    actionId: z.string().optional(),
    target: targetSchema.optional(),
    attempt: z.number().optional(),
    message: z.string().optional(),
    preview: previewContentSchema.optional(),
    verification: verificationSchema.optional(),
  }),
);

export const originSchema: z.ZodType<RunOrigin> = z.object({
  kind: z.enum(['person', 'schedule', 'alert', 'action']),
  detail: z.string().optional(),
});
