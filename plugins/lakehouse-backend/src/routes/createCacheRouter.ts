import {
  lakehouseCacheReadPermission,
  type CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { linksOf } from '../links/linksOf';
import type { TimeRange } from '../observations/SystemReads';
import { KnownViews } from './KnownViews';
import { parseRequest, RangeRequest } from './parseRequest';
import { HOUR_MS, rangeOf } from './rangeOf';
import type { RouteContext } from './RouteContext';

const SERIES_MAX = 600;

/** `GET /redis/:connection` */
export function createCacheRouter(context: RouteContext): Router {
  const { connections, store, access, config, outages } = context;
  const views = KnownViews.create<CacheView>({ outages, subject: 'cache' });
  const router = PromiseRouter();

  router.get('/redis/:connection', async (req, res) => {
    const { connection: id } = req.params;
    await access.require(req, lakehouseCacheReadPermission, id);
    const connection = connections.redis.get(id);
    const range = rangeOf(parseRequest(RangeRequest, req.query), HOUR_MS);
    const view = await views.read({ connection: id }, () =>
      load(connection, range),
    );
    const answer: CacheView = {
      ...view,
      links: linksOf(config.links, 'cache', { connection: id, ...range }),
    };
    res.json(answer);
  });

  return router;

  async function load(
    { id, title, mode }: RedisConnection,
    range: TimeRange,
  ): Promise<CacheView> {
    const { caches } = store;
    const [latest, series, prefixes, stampedes, gaps] = await Promise.all([
      caches.latest(id),
      caches.samples(id, { ...range, limit: SERIES_MAX }),
      caches.prefixes(id, range),
      caches.stampedes(id, range),
      store.gaps(id, range),
    ]);
    return {
      connection: id,
      title,
      mode,
      observedAt: latest?.sample.sampledAt,
      staleAfterSeconds: config.staleAfterSeconds.cache,
      latest: latest?.sample,
      series,
      nodes: latest?.nodes,
      slowCommands: latest?.slowCommands,
      prefixes,
      stampedes,
      gaps,
    };
  }
}
