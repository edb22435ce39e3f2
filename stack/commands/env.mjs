import { createContext } from '../lib/context.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { processesOf, SERVICE_NAMES } from '../lib/services.mjs';
import { GATEWAY_USER } from '../services/gatewayConfig.mjs';
import { OIDC_CLIENT_ID } from '../services/oidc.mjs';
import { POSTGRES_USER } from '../services/postgres.mjs';
import { redisClusterPorts } from '../services/redis.mjs';
import { TRINO_USERS, trinoCaFile } from '../services/trinoAuthFiles.mjs';

/**
 * Prints the variables with which the app and the tests reach the servers.
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function env({ options }) {
  const { settings, paths, records } = createContext({ options });
  const secrets = loadSecrets(paths.secretsFile);
  const variables = stackVariables({
    settings,
    paths,
    secrets,
    services: servicesToTell({ settings, records }),
  });
  for (const [name, value] of Object.entries(variables)) {
    process.stdout.write(`${name}=${value}\n`);
  }
  return 0;
}

/** What runs; when nothing was started from here, as with Docker, what would be by default. */
function servicesToTell({ settings, records }) {
  const running = runningServices(records);
  return running.length > 0 ? running : settings.services;
}

/** The services all of whose processes run. */
export const runningServices = records =>
  SERVICE_NAMES.filter(name =>
    processesOf([name]).every(process => records.readRunning(process)),
  );

/** The variables of the app and the tests, for the given services. */
export function stackVariables({ settings, paths, secrets, services }) {
  return {
    ...Object.assign(
      {},
      ...services.map(name => VARIABLES[name]({ settings, paths, secrets })),
    ),
    LAKEHOUSE_INGEST_TOKEN: secrets.ingestToken,
    BACKEND_SECRET: secrets.backendSecret,
  };
}

const http = port => `http://127.0.0.1:${port}`;

const redisPasswords = secrets => ({
  STACK_REDIS_OBSERVER_PASSWORD: secrets.redisObserverPassword,
  STACK_REDIS_OPERATOR_PASSWORD: secrets.redisOperatorPassword,
});

const VARIABLES = {
  postgres: ({ settings: { ports }, secrets }) => ({
    STACK_POSTGRES_HOST: '127.0.0.1',
    STACK_POSTGRES_PORT: String(ports.postgres),
    STACK_POSTGRES_USER: POSTGRES_USER,
    STACK_POSTGRES_PASSWORD: secrets.postgresPassword,
  }),
  redis: ({ settings: { ports }, secrets }) => ({
    STACK_REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
    ...redisPasswords(secrets),
  }),
  'redis-cluster': ({ settings, secrets }) => ({
    STACK_REDIS_CLUSTER_NODES: redisClusterPorts(settings)
      .map(port => `127.0.0.1:${port}`)
      .join(','),
    ...Object.fromEntries(
      redisClusterPorts(settings).map((port, index) => [
        `STACK_REDIS_CLUSTER_NODE_${index + 1}`,
        `127.0.0.1:${port}`,
      ]),
    ),
    ...redisPasswords(secrets),
  }),
  'iceberg-rest': ({ settings: { ports } }) => ({
    STACK_ICEBERG_REST_URL: http(ports.icebergRest),
  }),
  trino: ({ settings: { ports }, paths, secrets }) => ({
    STACK_TRINO_HTTP_URL: http(ports.trinoHttp),
    STACK_TRINO_HTTPS_URL: `https://127.0.0.1:${ports.trinoHttps}`,
    STACK_TRINO_CA_FILE: trinoCaFile(paths),
    ...Object.fromEntries(
      Object.entries(TRINO_USERS).map(([user, secret]) => [
        `STACK_TRINO_${user.toUpperCase()}_PASSWORD`,
        secrets[secret],
      ]),
    ),
  }),
  superset: ({ settings: { ports }, secrets }) => ({
    STACK_SUPERSET_URL: http(ports.superset),
    STACK_SUPERSET_USER: 'lakehouse-ops',
    STACK_SUPERSET_PASSWORD: secrets.supersetOpsPassword,
    STACK_SUPERSET_ADMIN_PASSWORD: secrets.supersetAdminPassword,
    STACK_SUPERSET_VIEWER_PASSWORD: secrets.supersetViewerPassword,
    STACK_SUPERSET_NARROW_PASSWORD: secrets.supersetNarrowPassword,
    STACK_SHOP_POSTGRES_URL: `postgresql://shop:${secrets.shopPostgresPassword}@127.0.0.1:${ports.postgres}/shop`,
  }),
  prometheus: ({ settings: { ports } }) => ({
    STACK_PROMETHEUS_URL: http(ports.prometheus),
  }),
  trino2: ({ settings: { ports } }) => ({
    STACK_TRINO2_HTTP_URL: http(ports.trino2Http),
  }),
  gateway: ({ settings: { ports }, secrets }) => ({
    STACK_GATEWAY_URL: http(ports.gateway),
    STACK_GATEWAY_USER: GATEWAY_USER,
    STACK_GATEWAY_PASSWORD: secrets.gatewayPassword,
  }),
  oidc: ({ settings: { ports }, secrets }) => ({
    STACK_OIDC_URL: http(ports.oidc),
    STACK_OIDC_CLIENT_ID: OIDC_CLIENT_ID,
    STACK_OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
  }),
};
