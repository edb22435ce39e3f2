import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createSloChangesRouter } from './createSloChangesRouter';
import { createSlosRouter } from './createSlosRouter';
import type { SloRouteContext } from './SloRouteContext';

/** The HTTP API that `SloApi` of lakehouse-common and `schema/openapi.yaml` describe. */
export function createSloRouter(context: SloRouteContext): Router {
  const router = PromiseRouter();
  router.use(createSlosRouter(context));
  router.use(createSloChangesRouter(context));
  return router;
}
