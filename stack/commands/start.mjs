import { fetchDownloads } from '../lib/downloads.mjs';
import { createContext } from '../lib/context.mjs';
import { findPrerequisites } from '../lib/prerequisites.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { withNeeds } from '../lib/services.mjs';
import { seed } from '../seed/seed.mjs';
import { createGatewayService } from '../services/gateway.mjs';
import { createIcebergRestService } from '../services/icebergRest.mjs';
import { createOidcService } from '../services/oidc.mjs';
import { createPostgresService } from '../services/postgres.mjs';
import { createPrometheusService } from '../services/prometheus.mjs';
import {
  createRedisClusterServices,
  createRedisService,
} from '../services/redis.mjs';
import { createSupersetServices } from '../services/superset.mjs';
import {
  createSecondTrinoService,
  createTrinoService,
} from '../services/trino.mjs';

/** What makes the processes of each service. */
const FACTORIES = {
  postgres: createPostgresService,
  redis: createRedisService,
  'redis-cluster': createRedisClusterServices,
  'iceberg-rest': createIcebergRestService,
  trino: createTrinoService,
  superset: createSupersetServices,
  prometheus: createPrometheusService,
  trino2: createSecondTrinoService,
  gateway: createGatewayService,
  oidc: createOidcService,
};
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Starts the servers and fills them.
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function start({ options }) {
  const context = createContext({ options });
  const { paths, progress, supervisor } = context;
  const settings = {
    ...context.settings,
    services: withNeeds(context.settings.services),
  };
  const { programs, missing } = await findPrerequisites({ settings, paths });
  if (missing.length > 0) {
    throw new Error(
      ['Before the stack can start:', ...missing.map(line => `- ${line}`)].join(
        '\n',
      ),
    );
  }
  const secrets = loadSecrets(paths.secretsFile);
  await fetchDownloads({ paths, settings, programs, progress });

  let stopRequest;
  const stopped = new Promise(resolve => {
    stopRequest = resolve;
  });
  STOP_SIGNALS.forEach(signal => process.on(signal, () => stopRequest(signal)));

  const services = settings.services.flatMap(name =>
    FACTORIES[name]({ settings, paths, secrets, programs, progress }),
  );
  const work = startAndSeed({
    supervisor,
    services,
    settings,
    progress,
    withSeed: !options['no-seed'],
  });
  const isReady = await Promise.race([
    work.then(() => true),
    stopped.then(() => false),
  ]).catch(async error => {
    await supervisor.stopStarted();
    throw error;
  });
  if (!isReady) {
    await supervisor.stopStarted();
    return 0;
  }
  if (options.detach) {
    progress(
      'stack',
      'ready, goes on by itself; end it with: npm run stack:stop',
    );
    supervisor.release();
    return 0;
  }
  if (!supervisor.hasStarted()) {
    progress('stack', 'ran already; end it with: npm run stack:stop');
    return 0;
  }
  progress('stack', 'ready; Ctrl-C stops what was started here');
  const wasStopped = await runUntilStopped({ supervisor, stopped, progress });
  await supervisor.stopStarted();
  return wasStopped ? 0 : 1;
}

async function startAndSeed({
  supervisor,
  services,
  settings,
  progress,
  withSeed,
}) {
  const started = await supervisor.start(services);
  if (withSeed && started.includes('trino')) {
    await seed({ settings, progress });
  }
}

/** Reports services that end by themselves; resolves to false when none is left. */
function runUntilStopped({ supervisor, stopped, progress }) {
  const lastOneEnded = new Promise(resolve => {
    supervisor.onUnexpectedEnd(({ name, how, tail }) => {
      progress(
        name,
        `ended without being asked to (${how}). Start it again with: npm run stack -- --only ${name}. The end of its log:\n${tail}`,
      );
      if (!supervisor.hasStarted()) {
        resolve(false);
      }
    });
  });
  return Promise.race([stopped.then(() => true), lastOneEnded]);
}
