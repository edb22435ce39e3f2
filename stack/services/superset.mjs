import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { localAddresses } from '../lib/addresses.mjs';
import { baseEnv } from '../lib/baseEnv.mjs';
import { runCommand } from '../lib/command.mjs';
import { isOk } from '../lib/http.mjs';
import { SUPERSET_DIR, supersetPython } from '../lib/supersetInstall.mjs';
import { SUPERSET_VERSION } from '../lib/supersetPins.mjs';
import { createPostgresAdmin } from './postgresAdmin.mjs';

const THREADS = 8;
const INITIALIZE_TIMEOUT_MS = 600_000;
const CONFIG_FILE = 'superset_config.py';
const METADATA_DATABASE = 'superset';
const SHOP_DATABASE = 'shop';

/** Superset's web server, and the worker that evaluates its alerts once a minute. */
export function createSupersetServices(context) {
  return [createWebServer(context), createWorker(context)];
}

function createWebServer({ settings, paths, secrets, programs, progress }) {
  const port = settings.ports.superset;
  const address = `http://127.0.0.1:${port}`;
  const env = supersetProcessEnv({ settings, paths, secrets });
  const admin = createPostgresAdmin({ settings, secrets, programs });

  const prepareDatabases = async () => {
    for (const [name, password] of [
      [METADATA_DATABASE, secrets.supersetPostgresPassword],
      [SHOP_DATABASE, secrets.shopPostgresPassword],
    ]) {
      await admin.ensureRole({ name, password });
      await admin.ensureDatabase({ name, owner: name });
    }
    await admin.runAs({
      role: SHOP_DATABASE,
      database: SHOP_DATABASE,
      sql: readFileSync(join(SUPERSET_DIR, 'shop.sql'), 'utf8'),
    });
  };

  return {
    name: 'superset',
    version: settings.isSupersetCacheSplit
      ? `${SUPERSET_VERSION} with a split cache`
      : SUPERSET_VERSION,
    address,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 180_000,
    async prepare() {
      mkdirSync(paths.supersetDir, { recursive: true, mode: 0o700 });
      // Python leaves what it compiles beside the source.
      copyFileSync(join(SUPERSET_DIR, CONFIG_FILE), configFile(paths));
      await prepareDatabases();
      const doneFile = join(paths.supersetDir, 'initialized');
      const content = fingerprint(supersetVariables({ settings, secrets }));
      if (!existsSync(doneFile) || readFileSync(doneFile, 'utf8') !== content) {
        progress('superset', 'making its tables, users and demo content');
        await runCommand(
          supersetPython(paths.supersetHome),
          [join(SUPERSET_DIR, 'initialize.py')],
          { env, cwd: paths.supersetDir, timeout: INITIALIZE_TIMEOUT_MS },
        );
        writeFileSync(doneFile, content, { mode: 0o600 });
      }
    },
    commandLine: () => ({
      command: supersetPython(paths.supersetHome),
      args: [
        ...['-m', 'gunicorn'],
        ...['--workers', '1'],
        ...['--worker-class', 'gthread'],
        ...['--threads', String(THREADS)],
        ...['--timeout', '120'],
        ...['--graceful-timeout', '3'],
        ...['--bind', `127.0.0.1:${port}`],
        'superset.app:create_app()',
      ],
      env,
      cwd: paths.supersetDir,
    }),
    isReady: () => isOk(`${address}/health`),
  };
}

function createWorker({ settings, paths, secrets }) {
  const env = supersetProcessEnv({ settings, paths, secrets });
  return {
    name: 'superset-worker',
    version: SUPERSET_VERSION,
    address: `redis://127.0.0.1:${settings.ports.redis}/1`,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 120_000,
    async prepare() {},
    commandLine: () => ({
      command: supersetPython(paths.supersetHome),
      args: [
        ...['-m', 'celery'],
        ...['--app', 'superset.tasks.celery_app:app'],
        'worker',
        '--beat',
        ...['--schedule', join(paths.supersetDir, 'beat-schedule')],
        ...['--pool', 'solo'],
        ...['--loglevel', 'INFO'],
        ...['--without-gossip', '--without-mingle'],
      ],
      env,
      cwd: paths.supersetDir,
    }),
    async isReady() {
      return readFileSync(paths.logFile('superset-worker'), 'utf8').includes(
        ' ready.',
      );
    },
  };
}

/** The variables that superset_config.py and demo.json refer to. */
export function supersetVariables({
  settings,
  secrets,
  addresses = localAddresses(settings),
}) {
  const onPostgres = (role, password) =>
    `postgresql+psycopg2://${role}:${password}@${addresses.postgres}/${role}`;
  return {
    STACK_SUPERSET_URL: `http://${addresses.superset}`,
    STACK_SUPERSET_SECRET_KEY: secrets.supersetSecretKey,
    STACK_SUPERSET_METADATA_URI: onPostgres(
      METADATA_DATABASE,
      secrets.supersetPostgresPassword,
    ),
    STACK_SUPERSET_SHOP_URI: onPostgres(
      SHOP_DATABASE,
      secrets.shopPostgresPassword,
    ),
    STACK_SUPERSET_TRINO_URI: `trino://superset@${addresses.trino}/iceberg`,
    STACK_SUPERSET_REDIS_URL: `redis://${addresses.redis}`,
    STACK_SUPERSET_SPLIT_CACHE: settings.isSupersetCacheSplit ? '1' : '0',
    STACK_SUPERSET_PASSWORD: secrets.supersetOpsPassword,
    STACK_SUPERSET_ADMIN_PASSWORD: secrets.supersetAdminPassword,
    STACK_SUPERSET_VIEWER_PASSWORD: secrets.supersetViewerPassword,
    STACK_SUPERSET_NARROW_PASSWORD: secrets.supersetNarrowPassword,
  };
}

const configFile = paths => join(paths.supersetDir, CONFIG_FILE);

function supersetProcessEnv({ settings, paths, secrets }) {
  return {
    ...baseEnv(),
    ...supersetVariables({ settings, secrets }),
    FLASK_APP: 'superset',
    SUPERSET_HOME: paths.supersetDir,
    SUPERSET_CONFIG_PATH: configFile(paths),
    PYTHONUNBUFFERED: '1',
  };
}

/** What the initialization depends on; how charts are cached is not part of it. */
function fingerprint(variables) {
  const { STACK_SUPERSET_SPLIT_CACHE: _, ...others } = variables;
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'initialize.py', 'demo.json']) {
    hash.update(readFileSync(join(SUPERSET_DIR, file)));
  }
  return hash.update(JSON.stringify(others)).digest('hex');
}
