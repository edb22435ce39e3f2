import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ApprovalDesk } from '../approvals/ApprovalDesk';
import { parseParameters } from '../engine/parseParameters';
import type { RouteContext } from './RouteContext';

const decisionSchema = z.strictObject({
  decision: z.enum(['approved', 'denied']),
  previewHash: z.string().min(1).max(128),
  comment: z.string().max(2000).optional(),
});

/** What waits for an approval, and where it is given or denied. */
export function createApprovalsRouter(options: {
  context: RouteContext;
  approvals: ApprovalDesk;
}): Router {
  const { context, approvals } = options;
  const router = PromiseRouter();

  router.get('/approvals', async (req, res) => {
    const credentials = await context.person(req);
    res.json({ items: await approvals.list(credentials) });
  });

  router.post('/runs/:id/approvals', async (req, res) => {
    const { id } = req.params;
    const body = parseParameters(decisionSchema, req.body);
    const run = await context.audited(
      req,
      {
        eventId: 'run-approve',
        severityLevel: 'high',
        meta: { runId: id, decision: body.decision },
        runId: id,
      },
      credentials => approvals.decide({ ...body, runId: id, credentials }),
    );
    res.json(run);
  });

  return router;
}
