import { NotFoundError } from '@backstage/errors';
import {
  lakehouseClusterReadPermission,
  type GatewayView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { TimeRange } from '../observations/SystemReads';
import { readStored } from '../observations/storageError';
import { KnownViews } from './KnownViews';
import { parseRequest, RangeRequest } from './parseRequest';
import { HOUR_MS, rangeOf } from './rangeOf';
import type { RouteContext } from './RouteContext';
import { backendsWorstFirst } from './worstFirst';

/** `GET /trino-gateway/:connection` and `…/routes/:queryId` */
export function createGatewayRouter(context: RouteContext): Router {
  const { connections, store, access, config, outages } = context;
  const views = KnownViews.create<GatewayView>({ outages, subject: 'gateway' });
  const router = PromiseRouter();

  router.get('/trino-gateway/:connection', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseClusterReadPermission, id);
    const connection = connections.gateway.get(id);
    const range = rangeOf(parseRequest(RangeRequest, req.query), HOUR_MS);
    const view = await views.read({ connection: id }, () =>
      load(connection, range),
    );
    res.json(view);
  });

  router.get('/trino-gateway/:connection/routes/:queryId', async (req, res) => {
    const { connection, queryId } = req.params;
    await access.require(req, lakehouseClusterReadPermission, connection);
    connections.gateway.get(connection);
    const route = await readStored(() =>
      store.gateways.route(connection, queryId),
    );
    if (!route) {
      throw new NotFoundError(
        `The gateway '${connection}' has told of no way that query '${queryId}' took. It may have gone to Trino directly, be older than the retention (lakehouse.retention.samplesDays), or its id is wrong.`,
      );
    }
    res.json(route);
  });

  return router;

  async function load(
    { id, title }: GatewayConnection,
    range: TimeRange,
  ): Promise<GatewayView> {
    const { gateways } = store;
    const [latest, routes, series, gaps] = await Promise.all([
      gateways.latest(id),
      gateways.routes(id, range),
      gateways.series(id, range),
      store.gaps(id, range),
    ]);
    return {
      connection: id,
      title,
      observedAt: latest?.at,
      staleAfterSeconds: config.staleAfterSeconds.gateway,
      defaultRoutingGroup: latest?.defaultRoutingGroup,
      backends: backendsWorstFirst(latest?.backends ?? []),
      routes,
      series,
      gaps,
    };
  }
}
