import express, { type Express } from 'express';
import type { Endpoint } from '../api/endpoints';
import type { Freshness } from '../api/Freshness';
import type { ReadThroughCache } from '../cache/ReadThroughCache';
import type { RedisCache } from '../cache/RedisCache';
import type { CacheSwitches } from '../settings/CacheSwitches';
import { traced } from '../tracing/tracing';
import type { LoadLimit } from '../trino/LoadLimit';
import type { TrinoQueries } from '../trino/TrinoQueries';
import type { ApiMetrics } from './ApiMetrics';
import { answerError } from './answerError';

const MS_PER_SECOND = 1_000;

/** The API, `/health` and `/metrics`. */
export function createApiApp(options: {
  endpoints: readonly Endpoint[];
  cache: ReadThroughCache;
  queries: TrinoQueries;
  freshness: Freshness;
  switches: CacheSwitches;
  limit: LoadLimit;
  metrics: ApiMetrics;
  redis: Pick<RedisCache, 'ping'>;
  log: (error: unknown) => void;
}): Express {
  const { cache, queries, freshness, switches, limit, metrics, log } = options;
  const app = express().disable('x-powered-by');

  for (const endpoint of options.endpoints) {
    const { path, name } = endpoint;
    app.get(path, async (req, res) => {
      const startedAt = performance.now();
      let outcome = 'none';
      try {
        const { key, load } = endpoint.prepare(req);
        const answer = await traced(
          { name: `GET ${path}`, kind: 'server', incoming: req.headers },
          () =>
            cache.get({
              key,
              load: () =>
                limit.run(() => metrics.load(name, () => timedLoad(load))),
              ttlMs,
            }),
        );
        outcome = answer.outcome;
        res.set('X-Cache', outcome).json(answer.value);
      } catch (error) {
        answerError(res, error);
        if (res.statusCode >= 500) log(error);
      }
      metrics.requested({
        endpoint: name,
        status: res.statusCode,
        cache: outcome,
        seconds: (performance.now() - startedAt) / MS_PER_SECOND,
      });
    });
  }

  app.get('/health', async (_req, res) => {
    // Redis being away makes it slow, not wrong: it stays in service.
    const redis = await options.redis.ping().then(
      () => 'ok',
      () => 'away',
    );
    res.json({ status: 'ok', redis, loads: limit.running });
  });

  app.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text());
  });

  return app;

  function timedLoad(load: ReturnType<Endpoint['prepare']>['load']) {
    return traced({ name: 'trino', kind: 'client' }, () => load(queries));
  }

  async function ttlMs(): Promise<number> {
    const { ttlSeconds } = switches.now;
    return ttlSeconds === undefined
      ? freshness.ttlMs()
      : ttlSeconds * MS_PER_SECOND;
  }
}
