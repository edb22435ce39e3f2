import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { RunbooksEngine } from '../engine/RunbooksEngine';
import { createAllowancesRouter } from './createAllowancesRouter';
import { createPausesRouter } from './createPausesRouter';
import { createPreviewsRouter } from './createPreviewsRouter';
import { createResponsesRouter } from './createResponsesRouter';
import { createRunbooksRouter } from './createRunbooksRouter';
import { createRunsRouter } from './createRunsRouter';
import type { RouteContext } from './RouteContext';

/** All routes of the plugin. */
export function createRouter(
  engine: RunbooksEngine,
  context: RouteContext,
): Router {
  const router = PromiseRouter();
  router.use(express.json({ limit: '100kb' }));
  router.use(createRunbooksRouter({ context, ...engine }));
  router.use(createAllowancesRouter({ context, ...engine }));
  router.use(createPreviewsRouter({ context, ...engine }));
  router.use(createRunsRouter({ context, ...engine }));
  router.use(createResponsesRouter({ context, ...engine }));
  router.use(createPausesRouter({ context, ...engine }));
  return router;
}
