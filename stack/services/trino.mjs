import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { isAnswering } from '../lib/http.mjs';
import { STACK_DIR } from '../lib/paths.mjs';
import { createTrinoAuthFiles } from './trinoAuthFiles.mjs';

const ETC_DIR = join(STACK_DIR, 'trino', 'etc');

/** The second Trino has a third of the first one's heap, and so less for its queries. */
const SECOND_LIMITS = {
  'query.max-memory': '250MB',
  'query.max-memory-per-node': '250MB',
  'memory.heap-headroom-per-node': '200MB',
};

/** One Trino coordinator that is its own worker, reachable by http and by https. */
export function createTrinoService({ settings, paths, secrets, programs }) {
  return createCoordinator({
    name: 'trino',
    dataDir: paths.trinoDataDir,
    ports: {
      http: settings.ports.trinoHttp,
      https: settings.ports.trinoHttps,
    },
    variables: trinoVariables({ settings, paths, secrets }),
    ...{ settings, paths, secrets, programs },
  });
}

/** A second, small Trino with a file metastore of its own, for Trino Gateway. */
export function createSecondTrinoService(context) {
  const { settings, paths, secrets, programs } = context;
  const { trino2Http, trino2Https } = settings.ports;
  return createCoordinator({
    name: 'trino2',
    dataDir: paths.trino2DataDir,
    ports: { http: trino2Http, https: trino2Https },
    more: [
      ...['-jvm-config', join(STACK_DIR, 'trino2', 'jvm.config')],
      ...Object.entries(SECOND_LIMITS).flatMap(([name, value]) => [
        '-D',
        `${name}=${value}`,
      ]),
    ],
    variables: {
      ...trinoVariables({ settings, paths, secrets }),
      STACK_TRINO_HTTP_PORT: String(trino2Http),
      STACK_TRINO_HTTPS_PORT: String(trino2Https),
      STACK_WAREHOUSE_DIR: paths.trino2WarehouseDir,
      STACK_INGEST_URL: settings.ingestUrl2,
    },
    ...{ settings, paths, secrets, programs },
  });
}

function createCoordinator({ name, dataDir, ports, variables, ...rest }) {
  const { settings, paths, secrets, programs, more = [] } = rest;
  const { trinoVersion } = settings;
  const address = `http://127.0.0.1:${ports.http}`;
  const launcherPidFile = join(dataDir, 'launcher.pid');
  return {
    name,
    version: trinoVersion,
    address: `${address} and https://127.0.0.1:${ports.https} (Trino ${trinoVersion})`,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 300_000,
    async prepare() {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      // The launcher takes an ended process that nobody has waited for as running.
      rmSync(launcherPidFile, { force: true });
      await createTrinoAuthFiles({ paths, secrets, programs });
    },
    commandLine: () => ({
      command: join(paths.trinoHome, 'bin', 'launcher'),
      args: [
        'run',
        ...['-etc-dir', ETC_DIR],
        ...['-data-dir', dataDir],
        ...['-pid-file', launcherPidFile],
        ...['-jvm-dir', programs.javaHome],
        ...['-D', `node.data-dir=${dataDir}`],
        ...more,
      ],
      env: {
        ...baseEnv(),
        JAVA_HOME: programs.javaHome,
        PATH: [join(programs.javaHome, 'bin'), process.env.PATH].join(
          delimiter,
        ),
        ...variables,
      },
    }),
    isReady: () =>
      isAnswering(`${address}/v1/info`, info => info.starting === false),
  };
}

/** The variables that Trino's configuration files refer to. */
export function trinoVariables({ settings, paths, secrets }) {
  const { ports, ingestUrl } = settings;
  return {
    STACK_TRINO_HTTP_PORT: String(ports.trinoHttp),
    STACK_TRINO_HTTPS_PORT: String(ports.trinoHttps),
    STACK_TRINO_BIND_IP: '127.0.0.1',
    STACK_TRINO_ETC_DIR: ETC_DIR,
    STACK_TRINO_AUTH_DIR: paths.authDir,
    STACK_TRINO_KEYSTORE_PASSWORD: secrets.trinoKeystorePassword,
    STACK_TRINO_SHARED_SECRET: secrets.trinoSharedSecret,
    STACK_ICEBERG_REST_URL: `http://127.0.0.1:${ports.icebergRest}`,
    STACK_WAREHOUSE_DIR: paths.warehouseDir,
    STACK_INGEST_URL: ingestUrl,
    LAKEHOUSE_INGEST_TOKEN: secrets.ingestToken,
  };
}
