import {
  lakehouseClusterReadPermission,
  type ClusterView,
  type Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { linksOf } from '../links/linksOf';
import { LastKnown } from '../observations/LastKnown';
import { storageGap } from '../observations/StorageOutages';
import { parseRequest, RangeRequest } from './parseRequest';
import type { RouteContext } from './RouteContext';

const HOUR_MS = 3_600_000;
const SERIES_MAX = 600;

/** `GET /trino/:connection/cluster` */
export function createClusterRouter(context: RouteContext): Router {
  const { connections, store, outages, access, config } = context;
  const lastKnown = new LastKnown<ClusterView>({ maxEntries: 50 });
  const router = PromiseRouter();

  router.get('/trino/:connection/cluster', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseClusterReadPermission, id);
    const connection = connections.trino.get(id);
    const request = parseRequest(RangeRequest, req.query);
    const to = request.to ?? new Date().toISOString();
    const from =
      request.from ?? new Date(Date.parse(to) - HOUR_MS).toISOString();
    const { value, stale } = await lastKnown.read(id, () =>
      load(connection, { from, to }),
    );
    const storage: Gap[] = stale
      ? [storageGap({ connection: id, subject: 'cluster.memory', ...stale })]
      : [];
    const answer: ClusterView = {
      ...value,
      links: linksOf(config.links, 'cluster', { connection: id, from, to }),
      gaps: [
        ...storage,
        ...outages.current(id).filter(isOfCluster),
        ...value.gaps,
      ],
    };
    res.json(answer);
  });

  return router;

  async function load(
    connection: TrinoConnection,
    range: { from: string; to: string },
  ): Promise<ClusterView> {
    const { id } = connection;
    const [samples, latest, gaps] = await Promise.all([
      store.clusterSamples(id, { ...range, limit: SERIES_MAX }),
      store.latestCluster(id),
      store.gaps(id, range),
    ]);
    return {
      connection: id,
      title: connection.title,
      version: connection.status().capabilities?.version,
      uiUrl: connection.uiUrl,
      observedAt: latest?.sample.sampledAt,
      staleAfterSeconds: config.staleAfterSeconds.cluster,
      latest: latest?.sample,
      series: samples.map(({ sample }) => sample),
      nodes: latest?.nodes,
      resourceGroups: latest?.resourceGroups,
      concurrency: samples
        .filter(({ groups }) => groups.length > 0)
        .map(({ sample, groups }) => ({ sampledAt: sample.sampledAt, groups })),
      gaps: gaps.filter(isOfCluster),
    };
  }
}

function isOfCluster({ subject }: Gap): boolean {
  return subject.startsWith('cluster.');
}
