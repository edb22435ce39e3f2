import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ActionRegistry } from '../engine/ActionRegistry';
import type { RouteContext } from './RouteContext';

/** `GET /runbooks`: what there is to run. */
export function createRunbooksRouter(options: {
  context: RouteContext;
  registry: ActionRegistry;
}): Router {
  const { context, registry } = options;
  const router = PromiseRouter();

  router.get('/runbooks', async (req, res) => {
    await context.caller(req);
    res.json({ items: registry.list() });
  });

  return router;
}
