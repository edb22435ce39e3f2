import { z } from 'zod';

const LIMIT_MAX = 200;
const OFFSET_MAX = 10_000;
const TEXT_MAX = 500;
/** The longest window that an SLO may have. */
const RANGE_MAX_DAYS = 400;
const SILENCE_MAX_DAYS = 31;
const DAY_MS = 86_400_000;

const Text = z.string().min(1).max(TEXT_MAX).optional();
const RequiredTime = z.iso
  .datetime({ offset: true, error: 'must be an ISO time with its zone' })
  .transform(time => new Date(time).toISOString());
const Time = RequiredTime.optional();
const Reason = z
  .string({ error: 'must say why, in 1 to 500 characters' })
  .trim()
  .min(1, 'must say why, in 1 to 500 characters')
  .max(TEXT_MAX, 'must say why, in 1 to 500 characters');

export const SlosRequest = z.object({
  owner: Text,
  system: Text,
  entityRef: Text,
  connection: Text,
  status: z.enum(['breached', 'at-risk', 'unknown', 'healthy']).optional(),
  search: Text,
  groupBy: z.enum(['owner', 'system']).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(50),
  offset: z.coerce.number().int().min(0).max(OFFSET_MAX).default(0),
});

export const EntityRequest = z.object({
  entityRef: z
    .string({ error: 'must be an entity ref: <kind>:<namespace>/<name>' })
    .min(1)
    .max(TEXT_MAX)
    .transform(text => text.toLowerCase()),
});

export const SloRangeRequest = z
  .object({ from: Time, to: Time })
  .superRefine(inOrder);

export const WhatIfRequest = z
  .object({
    target: z.coerce
      .number()
      .gt(0, 'must be above 0 and below 1, such as 0.99')
      .lt(1, 'must be above 0 and below 1, such as 0.99')
      .optional(),
    threshold: z.coerce.number().min(0).optional(),
    objective: Text,
  })
  .refine(
    ({ target, threshold }) => target !== undefined || threshold !== undefined,
    { path: ['target'], message: 'target, threshold or both must be given' },
  );

export const ExportRequest = z.object({
  format: z.enum(['openslo', 'sloth', 'prometheus']),
});

export const CorrectionRequest = z
  .strictObject({
    from: RequiredTime,
    to: RequiredTime,
    kind: z.enum(['maintenance', 'correction']),
    reason: Reason,
    objective: Text,
  })
  .superRefine(inOrder);

export const ReasonRequest = z.object({ reason: Reason });

export const SilenceRequest = z
  .strictObject({ until: RequiredTime, reason: Reason })
  .superRefine(({ until }, context) => {
    const lastsMs = Date.parse(until) - Date.now();
    if (lastsMs <= 0) {
      context.addIssue({
        code: 'custom',
        path: ['until'],
        message: 'must be in the future',
      });
    } else if (lastsMs > SILENCE_MAX_DAYS * DAY_MS) {
      context.addIssue({
        code: 'custom',
        path: ['until'],
        message: `must be at most ${SILENCE_MAX_DAYS} days from now`,
      });
    }
  });

function inOrder(
  range: { from?: string; to?: string },
  context: z.RefinementCtx,
) {
  if (!range.from) return;
  const from = Date.parse(range.from);
  const to = range.to ? Date.parse(range.to) : Date.now();
  if (to <= from) {
    context.addIssue({
      code: 'custom',
      path: range.to ? ['to'] : ['from'],
      message: range.to ? 'must be after from' : 'must be in the past',
    });
  } else if (to - from > RANGE_MAX_DAYS * DAY_MS) {
    context.addIssue({
      code: 'custom',
      path: ['from'],
      message: `must be at most ${RANGE_MAX_DAYS} days before to`,
    });
  }
}
