import { NotFoundError } from '@backstage/errors';
import {
  lakehouseDashboardReadPermission,
  type DashboardsView,
  type LakehouseAlert,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readStored } from '../observations/storageError';
import { KnownViews } from './KnownViews';
import { DashboardsOfTableRequest, parseRequest } from './parseRequest';
import type { RouteContext } from './RouteContext';
import { withDataChanges } from './withDataChanges';
import { withNextRuns } from './withNextRuns';
import { alertsWorstFirst } from './worstFirst';

/** `GET /superset/:connection`, `…/alerts/:id` and `GET /dashboards?reads=` */
export function createDashboardsRouter(context: RouteContext): Router {
  const { connections, store, access, config, outages } = context;
  const views = KnownViews.create<DashboardsView>({
    outages,
    subject: 'dashboards',
  });
  const router = PromiseRouter();

  router.get('/superset/:connection', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseDashboardReadPermission, id);
    const connection = connections.superset.get(id);
    const view = await views.read({ connection: id }, () => load(connection));
    // As of now also of a view that was kept while the database is away.
    const answer: DashboardsView = {
      ...view,
      alerts: withNextRuns(view.alerts),
    };
    res.json(answer);
  });

  router.get('/superset/:connection/alerts/:id', async (req, res) => {
    const { connection, id } = req.params;
    await access.require(req, lakehouseDashboardReadPermission, connection);
    connections.superset.get(connection);
    const [known, runs, gaps] = await readStored(() =>
      Promise.all([
        store.dashboards.alerts(connection),
        store.dashboards.alertRuns(connection, id),
        store.gaps(connection),
      ]),
    );
    const [alert] = withNextRuns(
      (known?.alerts ?? []).filter(one => one.id === id),
    );
    if (!alert) {
      throw new NotFoundError(
        `Alert or report '${id}' is not known on connection '${connection}'. It may be deleted, or the connection's account may not see it.`,
      );
    }
    const logUnread = gaps.some(({ subject }) => subject === 'alerts.log');
    const answer: LakehouseAlert = {
      ...alert,
      // None is no answer when the log may not be read.
      runs: runs.length || !logUnread ? runs : undefined,
    };
    res.json(answer);
  });

  router.get('/dashboards', async (req, res) => {
    const { reads } = parseRequest(DashboardsOfTableRequest, req.query);
    const readable = await access.readable(
      req,
      lakehouseDashboardReadPermission,
      connections.superset.list().map(({ id }) => id),
    );
    const items = await readStored(async () =>
      withDataChanges(
        await store.dashboards.dashboardsReading(readable, reads),
        store,
      ),
    );
    res.json({ items });
  });

  return router;

  async function load(connection: SupersetConnection): Promise<DashboardsView> {
    const { id, title } = connection;
    const [alerts, dashboards, gaps] = await Promise.all([
      store.dashboards.alerts(id),
      store.dashboards.dashboards(id),
      store.gaps(id),
    ]);
    const partial = new Set([alerts?.partial, dashboards?.partial]);
    partial.delete(undefined);
    return {
      connection: id,
      title,
      version: connection.status().capabilities?.version,
      // As old as its older half.
      observedAt: [alerts?.at, dashboards?.at]
        .filter(at => at !== undefined)
        .sort()[0],
      staleAfterSeconds: config.staleAfterSeconds.dashboards,
      partial: [...partial].join(' ') || undefined,
      alertsOff: alerts?.alertsOff,
      alerts: alertsWorstFirst(alerts?.alerts ?? []),
      dashboards: await withDataChanges(dashboards?.dashboards ?? [], store),
      gaps,
    };
  }
}
