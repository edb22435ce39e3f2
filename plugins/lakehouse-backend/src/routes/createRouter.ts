import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createAccessRouter } from './createAccessRouter';
import { createCacheRouter } from './createCacheRouter';
import { createClusterRouter } from './createClusterRouter';
import { createConnectionsRouter } from './createConnectionsRouter';
import { createDashboardsRouter } from './createDashboardsRouter';
import { createGatewayRouter } from './createGatewayRouter';
import { createMetricsRouter } from './createMetricsRouter';
import { createQueriesRouter } from './createQueriesRouter';
import { createTablesRouter } from './createTablesRouter';
import { createTimelineRouter } from './createTimelineRouter';
import { createWorkloadsRouter } from './createWorkloadsRouter';
import type { RouteContext } from './RouteContext';

/** The HTTP API that `LakehouseApi` of lakehouse-common describes. */
export function createRouter(context: RouteContext): Router {
  const router = PromiseRouter();
  router.use(createConnectionsRouter(context));
  router.use(createClusterRouter(context));
  router.use(createQueriesRouter(context));
  router.use(createTablesRouter(context));
  router.use(createAccessRouter(context));
  router.use(createCacheRouter(context));
  router.use(createDashboardsRouter(context));
  router.use(createWorkloadsRouter(context));
  router.use(createGatewayRouter(context));
  router.use(createMetricsRouter(context));
  router.use(createTimelineRouter(context));
  return router;
}
