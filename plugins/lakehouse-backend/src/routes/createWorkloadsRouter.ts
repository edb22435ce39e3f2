import {
  lakehouseWorkloadReadPermission,
  type Workload,
  type WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { KubernetesConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { linksOf } from '../links/linksOf';
import type { TimeRange } from '../observations/SystemReads';
import { KnownViews } from './KnownViews';
import { matchesSelector, parseLabelSelector } from './labelSelector';
import { parseRequest, WorkloadsRequest } from './parseRequest';
import { HOUR_MS, rangeOf } from './rangeOf';
import type { RouteContext } from './RouteContext';
import { workloadsWorstFirst } from './worstFirst';

/** `GET /kubernetes/:connection/workloads` */
export function createWorkloadsRouter(context: RouteContext): Router {
  const { connections, store, access, config, outages } = context;
  const views = KnownViews.create<WorkloadsView>({
    outages,
    subject: 'workloads',
  });
  const router = PromiseRouter();

  router.get('/kubernetes/:connection/workloads', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseWorkloadReadPermission, id);
    const connection = connections.kubernetes.get(id);
    const request = parseRequest(WorkloadsRequest, req.query);
    const { namespace, selector, of } = request;
    const requirements = parseLabelSelector(selector ?? '');
    const range = rangeOf(request, HOUR_MS);
    const part = JSON.stringify([namespace, selector, of]);
    const view = await views.read({ connection: id, part }, () =>
      load(connection, {
        range,
        isAsked: workload =>
          (namespace === undefined || workload.namespace === namespace) &&
          (of === undefined || workload.of === of) &&
          // What does not tell its labels can't be told apart by them.
          (!workload.labels || matchesSelector(workload.labels, requirements)),
      }),
    );
    const answer: WorkloadsView = {
      ...view,
      workloads: view.workloads.map(workload => ({
        ...workload,
        links: linksOf(config.links, 'workload', { ...workload, ...range }),
      })),
    };
    res.json(answer);
  });

  return router;

  async function load(
    connection: KubernetesConnection,
    asked: { range: TimeRange; isAsked: (workload: Workload) => boolean },
  ): Promise<WorkloadsView> {
    const { id, title } = connection;
    const [latest, series, gaps] = await Promise.all([
      store.workloads.latest(id),
      store.workloads.series(id, asked.range),
      store.gaps(id, asked.range),
    ]);
    const workloads = latest?.workloads.filter(asked.isAsked) ?? [];
    const shown = new Set(
      workloads.map(({ namespace, kind, name }) =>
        [namespace, kind, name].join('/'),
      ),
    );
    return {
      connection: id,
      title,
      version: connection.status().capabilities?.version,
      observedAt: latest?.at,
      staleAfterSeconds: config.staleAfterSeconds.workloads,
      workloads: workloadsWorstFirst(workloads),
      series: series.filter(({ workload }) => shown.has(workload)),
      gaps,
    };
  }
}
