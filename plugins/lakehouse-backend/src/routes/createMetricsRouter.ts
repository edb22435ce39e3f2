import {
  lakehouseClusterReadPermission,
  type MetricsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PrometheusConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { KnownViews } from './KnownViews';
import type { RouteContext } from './RouteContext';
import { metricsAlertsWorstFirst, targetsDownFirst } from './worstFirst';

/** `GET /prometheus/:connection` */
export function createMetricsRouter(context: RouteContext): Router {
  const { connections, store, access, config, outages } = context;
  const views = KnownViews.create<MetricsView>({ outages, subject: 'metrics' });
  const router = PromiseRouter();

  router.get('/prometheus/:connection', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseClusterReadPermission, id);
    const connection = connections.prometheus.get(id);
    const view = await views.read({ connection: id }, () => load(connection));
    res.json(view);
  });

  return router;

  async function load(connection: PrometheusConnection): Promise<MetricsView> {
    const { id, title } = connection;
    const [latest, gaps] = await Promise.all([
      store.metrics.latest(id),
      store.gaps(id),
    ]);
    return {
      connection: id,
      title,
      version: connection.status().capabilities?.version,
      observedAt: latest?.at,
      staleAfterSeconds: config.staleAfterSeconds.metrics,
      alerts: metricsAlertsWorstFirst(latest?.alerts ?? []),
      targets: targetsDownFirst(latest?.targets ?? []),
      gaps,
    };
  }
}
