import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseParameters } from '../engine/parseParameters';
import type { PauseDesk } from '../pauses/PauseDesk';
import type { RouteContext } from './RouteContext';

const scope = z.union([
  z.literal('all'),
  z.strictObject({ runbookId: z.string().min(1).max(255) }),
]);

const pauseSchema = z.strictObject({ scope, reason: z.string().max(1000) });

const endSchema = z.strictObject({ scope });

/** `/pauses`: what holds runs back. */
export function createPausesRouter(options: {
  context: RouteContext;
  pauses: PauseDesk;
}): Router {
  const { context, pauses } = options;
  const router = PromiseRouter();

  router.get('/pauses', async (req, res) => {
    const credentials = await context.caller(req);
    res.json({
      items: await pauses.list(),
      mayPause: await pauses.mayPause(credentials),
    });
  });

  router.post('/pauses', async (req, res) => {
    const body = parseParameters(pauseSchema, req.body);
    const pause = await context.audited(
      req,
      { eventId: 'pause', severityLevel: 'high', meta: { ...body } },
      credentials => pauses.pause({ ...body, credentials }),
    );
    res.status(201).json(pause);
  });

  router.post('/pauses/end', async (req, res) => {
    const body = parseParameters(endSchema, req.body);
    const ended = await context.audited(
      req,
      { eventId: 'pause-end', severityLevel: 'high', meta: { ...body } },
      credentials => pauses.end(body.scope, credentials),
    );
    res.json({ ended });
  });

  return router;
}
