import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ApprovalDesk } from '../approvals/ApprovalDesk';
import type { ResponseDesk } from '../approvals/ResponseDesk';
import { outcomeSchema } from '../approvals/responseRows';
import { jsonObjectSchema } from '../json/jsonSchemas';
import { addResponseRoute } from './addResponseRoute';
import type { RouteContext } from './RouteContext';

const stepId = z.string().min(1).max(255);

/** Where a run that waits for people is told what it waits for, and what waits for an approval. */
export function createResponsesRouter(options: {
  context: RouteContext;
  approvals: ApprovalDesk;
  answers: ResponseDesk;
}): Router {
  const { context, approvals, answers } = options;
  const router = PromiseRouter();

  router.get('/approvals', async (req, res) => {
    const credentials = await context.person(req);
    res.json({ items: await approvals.list(credentials) });
  });

  addResponseRoute(router, {
    context,
    path: 'approvals',
    eventId: 'run-approve',
    severityLevel: 'high',
    body: z.strictObject({
      decision: z.enum(['approved', 'denied']),
      previewHash: z.string().min(1).max(128),
      comment: z.string().max(2000).optional(),
    }),
    meta: ({ decision }) => ({ decision }),
    say: (body, by) => approvals.decide({ ...body, ...by }),
  });

  addResponseRoute(router, {
    context,
    path: 'answers',
    eventId: 'run-answer',
    severityLevel: 'medium',
    body: z.strictObject({ stepId, answer: jsonObjectSchema }),
    meta: body => ({ stepId: body.stepId }),
    say: (body, by) => answers.answer({ ...body, ...by }),
  });

  addResponseRoute(router, {
    context,
    path: 'decisions',
    eventId: 'run-decide',
    severityLevel: 'high',
    body: z.strictObject({
      stepId,
      outcome: outcomeSchema.shape.outcome,
      comment: z.string().max(2000),
    }),
    meta: body => ({ stepId: body.stepId, outcome: body.outcome }),
    say: ({ outcome, comment, ...body }, by) =>
      answers.decide({ ...body, decision: { outcome, comment }, ...by }),
  });

  addResponseRoute(router, {
    context,
    path: 'continue',
    eventId: 'run-continue',
    severityLevel: 'medium',
    body: z.strictObject({}),
    meta: () => ({}),
    say: (_body, { runId, credentials }) => answers.goOn(runId, credentials),
  });

  return router;
}
