import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Every service of the stack, in the order in which they are reported. */
export const SERVICE_NAMES = ['postgres', 'redis', 'iceberg-rest', 'trino'];

/** Trino versions whose start and slim plugin set were tried with these configuration files. */
export const TRINO_VERSIONS = ['476', '470'];

/** The ports of the stack: what each is for, its default and the variable that changes it. */
export const PORTS = {
  trinoHttp: {
    service: 'trino',
    label: 'Trino (http)',
    variable: 'STACK_TRINO_HTTP_PORT',
    fallback: 18080,
  },
  trinoHttps: {
    service: 'trino',
    label: 'Trino (https)',
    variable: 'STACK_TRINO_HTTPS_PORT',
    fallback: 18443,
  },
  postgres: {
    service: 'postgres',
    label: 'PostgreSQL',
    variable: 'STACK_POSTGRES_PORT',
    fallback: 15432,
  },
  redis: {
    service: 'redis',
    label: 'Redis',
    variable: 'STACK_REDIS_PORT',
    fallback: 16379,
  },
  icebergRest: {
    service: 'iceberg-rest',
    label: 'Iceberg REST catalog',
    variable: 'STACK_ICEBERG_REST_PORT',
    fallback: 18181,
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
    trinoVersion,
    services: readServices(options.only),
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

function readServices(only) {
  if (only === undefined) {
    return SERVICE_NAMES;
  }
  const names = only
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  const unknown = names.filter(name => !SERVICE_NAMES.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    throw new Error(
      `--only names ${
        unknown.length > 0 ? unknown.join(', ') : 'nothing'
      }; choose from ${SERVICE_NAMES.join(', ')}.`,
    );
  }
  return SERVICE_NAMES.filter(name => names.includes(name));
}
