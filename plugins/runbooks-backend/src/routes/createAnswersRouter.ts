import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ResponseDesk } from '../approvals/ResponseDesk';
import { outcomeSchema } from '../approvals/responseRows';
import { parseParameters } from '../engine/parseParameters';
import { jsonObjectSchema } from '../json/jsonSchemas';
import type { RouteContext } from './RouteContext';

const stepId = z.string().min(1).max(255);

const answerSchema = z.strictObject({ stepId, answer: jsonObjectSchema });

const decisionSchema = z.strictObject({
  stepId,
  outcome: outcomeSchema.shape.outcome,
  comment: z.string().max(2000),
});

const continueSchema = z.strictObject({});

/** Where a run that waits for a person is told what it waits for. */
export function createAnswersRouter(options: {
  context: RouteContext;
  answers: ResponseDesk;
}): Router {
  const { context, answers } = options;
  const router = PromiseRouter();

  router.post('/runs/:id/answers', async (req, res) => {
    const { id } = req.params;
    const body = parseParameters(answerSchema, req.body);
    const run = await context.audited(
      req,
      {
        eventId: 'run-answer',
        severityLevel: 'medium',
        meta: { runId: id, stepId: body.stepId },
        runId: id,
      },
      credentials => answers.answer({ ...body, runId: id, credentials }),
    );
    res.json(run);
  });

  router.post('/runs/:id/decisions', async (req, res) => {
    const { id } = req.params;
    const { outcome, comment, ...body } = parseParameters(
      decisionSchema,
      req.body,
    );
    const run = await context.audited(
      req,
      {
        eventId: 'run-decide',
        severityLevel: 'high',
        meta: { runId: id, stepId: body.stepId, outcome },
        runId: id,
      },
      credentials =>
        answers.decide({
          stepId: body.stepId,
          runId: id,
          decision: { outcome, comment },
          credentials,
        }),
    );
    res.json(run);
  });

  router.post('/runs/:id/continue', async (req, res) => {
    const { id } = req.params;
    parseParameters(continueSchema, req.body ?? {});
    const run = await context.audited(
      req,
      {
        eventId: 'run-continue',
        severityLevel: 'medium',
        meta: { runId: id },
        runId: id,
      },
      credentials => answers.goOn(id, credentials),
    );
    res.json(run);
  });

  return router;
}
