import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SERVICE_NAMES, SERVICE_NAMES } from './services.mjs';

/** Trino versions whose start and slim plugin set were tried with these configuration files. */
export const TRINO_VERSIONS = ['476', '470'];

/** The ports of the stack: what each is for, its default and the variable that changes it. */
export const PORTS = {
  trinoHttp: {
    process: 'trino',
    label: 'Trino (http)',
    variable: 'STACK_TRINO_HTTP_PORT',
    fallback: 18080,
  },
  trinoHttps: {
    process: 'trino',
    label: 'Trino (https)',
    variable: 'STACK_TRINO_HTTPS_PORT',
    fallback: 18443,
  },
  postgres: {
    process: 'postgres',
    label: 'PostgreSQL',
    variable: 'STACK_POSTGRES_PORT',
    fallback: 15432,
  },
  redis: {
    process: 'redis',
    label: 'Redis',
    variable: 'STACK_REDIS_PORT',
    fallback: 16379,
  },
  icebergRest: {
    process: 'iceberg-rest',
    label: 'Iceberg REST catalog',
    variable: 'STACK_ICEBERG_REST_PORT',
    fallback: 18181,
  },
  redisCluster1: {
    process: 'redis-cluster-1',
    label: 'the first node of the Redis Cluster',
    variable: 'STACK_REDIS_CLUSTER_PORT_1',
    fallback: 16381,
  },
  redisCluster2: {
    process: 'redis-cluster-2',
    label: 'the second node of the Redis Cluster',
    variable: 'STACK_REDIS_CLUSTER_PORT_2',
    fallback: 16382,
  },
  redisCluster3: {
    process: 'redis-cluster-3',
    label: 'the third node of the Redis Cluster',
    variable: 'STACK_REDIS_CLUSTER_PORT_3',
    fallback: 16383,
  },
  superset: {
    process: 'superset',
    label: 'Superset',
    variable: 'STACK_SUPERSET_PORT',
    fallback: 18088,
  },
  prometheus: {
    process: 'prometheus',
    label: 'Prometheus',
    variable: 'STACK_PROMETHEUS_PORT',
    fallback: 19090,
  },
  trino2Http: {
    process: 'trino2',
    label: 'the second Trino (http)',
    variable: 'STACK_TRINO2_HTTP_PORT',
    fallback: 18082,
  },
  trino2Https: {
    process: 'trino2',
    label: 'the second Trino (https)',
    variable: 'STACK_TRINO2_HTTPS_PORT',
    fallback: 18445,
  },
  gateway: {
    process: 'gateway',
    label: 'Trino Gateway',
    variable: 'STACK_GATEWAY_PORT',
    fallback: 18090,
  },
  oidc: {
    process: 'oidc',
    label: 'the OpenID Connect provider',
    variable: 'STACK_OIDC_PORT',
    fallback: 18095,
  },
};

/**
 * Reads the variables and command line options into the settings of one run.
 *
 * @param {{ env: Record<string, string | undefined>, options?: object, uid?: number, home?: string }} input
 * @returns settings with absolute folders and checked ports
 */
export function readSettings({
  env,
  options = {},
  uid = userInfo().uid,
  home = homedir(),
}) {
  const backendPort = readPort(env, 'BACKEND_PORT', 7007);
  const trinoVersion = options.trino ?? env.STACK_TRINO_VERSION ?? '476';
  if (!/^\d{3}$/.test(trinoVersion)) {
    throw new Error(
      `'${trinoVersion}' is not a Trino version. Give a release number, such as --trino ${TRINO_VERSIONS[0]}.`,
    );
  }
  return {
    stateDir: env.LAKEHOUSE_STACK_HOME || defaultStateDir({ env, uid, home }),
    cacheDir:
      env.LAKEHOUSE_STACK_CACHE ||
      join(env.XDG_CACHE_HOME || join(home, '.cache'), 'lakehouse-ops'),
    ports: Object.fromEntries(
      Object.entries(PORTS).map(([key, { variable, fallback }]) => [
        key,
        readPort(env, variable, fallback),
      ]),
    ),
    ingestUrl:
      env.STACK_INGEST_URL ||
      `http://127.0.0.1:${backendPort}/api/lakehouse/ingest/trino/analytics`,
    ingestUrl2: `http://127.0.0.1:${backendPort}/api/lakehouse/ingest/trino/etl`,
    backendPort,
    // Where OpenTelemetry's Prometheus exporter listens.
    metricsPort: readPort(env, 'BACKEND_METRICS_PORT', 9464),
    personalApiPort: readPort(env, 'PERSONAL_API_PORT', 18500),
    oidcRedirectUris: (
      env.STACK_OIDC_REDIRECT_URIS ||
      ['localhost', '127.0.0.1']
        .map(
          host => `http://${host}:${backendPort}/api/auth/oidc/handler/frame`,
        )
        .join(' ')
    ).split(' '),
    isSupersetCacheSplit:
      options['split-cache'] === true || env.STACK_SUPERSET_SPLIT_CACHE === '1',
    trinoVersion,
    services: readServices(options),
    isRoot: uid === 0,
  };
}

// PostgreSQL refuses to run as root, so root's state must be where its user can reach it.
function defaultStateDir({ env, uid, home }) {
  return uid === 0
    ? `/var/tmp/lakehouse-ops-stack-${uid}`
    : join(
        env.XDG_STATE_HOME || join(home, '.local', 'state'),
        'lakehouse-ops',
        'stack',
      );
}

function readPort(env, variable, fallback) {
  const value = env[variable];
  if (value === undefined || value === '') {
    return fallback;
  }
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `${variable} is '${value}', which is not a port. Set it to a number from 1 to 65535 or leave it out for ${fallback}.`,
    );
  }
  return port;
}

function readServices({ only, with: extra }) {
  const chosen = new Set([
    ...(only === undefined ? DEFAULT_SERVICE_NAMES : readNames('--only', only)),
    ...(extra === undefined ? [] : readNames('--with', extra)),
  ]);
  return SERVICE_NAMES.filter(name => chosen.has(name));
}

function readNames(option, text) {
  const names = text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  const unknown = names.filter(name => !SERVICE_NAMES.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    throw new Error(
      `${option} names ${
        unknown.length > 0 ? unknown.join(', ') : 'nothing'
      }; choose from ${SERVICE_NAMES.join(', ')}.`,
    );
  }
  return names;
}
