import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createClusterRouter } from './createClusterRouter';
import { createConnectionsRouter } from './createConnectionsRouter';
import { createQueriesRouter } from './createQueriesRouter';
import { createTablesRouter } from './createTablesRouter';
import type { RouteContext } from './RouteContext';

/** The HTTP API that `LakehouseApi` of lakehouse-common describes. */
export function createRouter(context: RouteContext): Router {
  const router = PromiseRouter();
  router.use(createConnectionsRouter(context));
  router.use(createClusterRouter(context));
  router.use(createQueriesRouter(context));
  router.use(createTablesRouter(context));
  return router;
}
