import { instrumentCache } from '@lakehouse-ops/redis-cache-telemetry';
import { endpoints } from './api/endpoints';
import { Freshness } from './api/Freshness';
import { connectRedis } from './cache/connectRedis';
import { ReadThroughCache } from './cache/ReadThroughCache';
import { ApiMetrics } from './http/ApiMetrics';
import { createAdminApp } from './http/createAdminApp';
import { createApiApp } from './http/createApiApp';
import { listen } from './http/listen';
import { CacheSwitches } from './settings/CacheSwitches';
import type { PersonalApiSettings } from './settings/readSettings';
import { trinoTraceHeaders } from './tracing/tracing';
import { LoadLimit } from './trino/LoadLimit';
import { TrinoQueries } from './trino/TrinoQueries';

const LOOPBACK = '127.0.0.1';

/** A service that runs. */
export interface PersonalApi {
  readonly url: string;
  readonly adminUrl: string;
  /** Answers what was asked, tells what was counted, and ends. */
  stop(): Promise<void>;
}

/** Starts the service. */
export async function startPersonalApi(
  settings: PersonalApiSettings,
  log: (error: unknown) => void = () => {},
): Promise<PersonalApi> {
  const { source, lakehouse } = settings;
  const redis = connectRedis(settings.redis, log);
  const telemetry = instrumentCache({
    redis,
    push: lakehouse && { ...lakehouse, source, onProblem: log },
  });
  const metrics = ApiMetrics.create(telemetry);
  const onError = (error: unknown) => {
    metrics.failedAside();
    log(error);
  };
  const queries = TrinoQueries.create({
    ...settings.trino,
    source,
    traceHeaders: trinoTraceHeaders,
  });
  const switches = CacheSwitches.create(settings.cache);
  const end = async () => {
    await telemetry.stop();
    redis.disconnect();
  };
  try {
    const api = await listen({
      app: createApiApp({
        endpoints: endpoints(settings.table),
        cache: ReadThroughCache.create({ redis, switches, onError }),
        queries,
        freshness: Freshness.create({
          queries,
          table: settings.table,
          onError,
        }),
        switches,
        limit: LoadLimit.create(settings.maxLoads),
        metrics,
        redis,
        log,
      }),
      port: settings.port,
      host: LOOPBACK,
    });
    const admin = await listen({
      app: createAdminApp(switches),
      port: settings.adminPort,
      host: LOOPBACK,
    }).catch(async error => {
      await api.stop();
      throw error;
    });
    return {
      url: `http://${LOOPBACK}:${api.port}`,
      adminUrl: `http://${LOOPBACK}:${admin.port}`,
      async stop() {
        await Promise.all([api.stop(), admin.stop()]);
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
