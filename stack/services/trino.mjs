import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { isAnswering } from '../lib/http.mjs';
import { STACK_DIR } from '../lib/paths.mjs';
import { createTrinoAuthFiles } from './trinoAuthFiles.mjs';

const ETC_DIR = join(STACK_DIR, 'trino', 'etc');

/** One Trino coordinator that is its own worker, reachable by http and by https. */
export function createTrinoService({ settings, paths, secrets, programs }) {
  const { ports, trinoVersion } = settings;
  const address = `http://127.0.0.1:${ports.trinoHttp}`;
  const launcherPidFile = join(paths.trinoDataDir, 'launcher.pid');
  return {
    name: 'trino',
    version: trinoVersion,
    address: `${address} and https://127.0.0.1:${ports.trinoHttps} (Trino ${trinoVersion})`,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 300_000,
    async prepare() {
      mkdirSync(paths.trinoDataDir, { recursive: true, mode: 0o700 });
      // The launcher takes an ended process that nobody has waited for as running.
      rmSync(launcherPidFile, { force: true });
      await createTrinoAuthFiles({ paths, secrets, programs });
    },
    commandLine: () => ({
      command: join(paths.trinoHome, 'bin', 'launcher'),
      args: [
        'run',
        ...['-etc-dir', ETC_DIR],
        ...['-data-dir', paths.trinoDataDir],
        ...['-pid-file', launcherPidFile],
        ...['-jvm-dir', programs.javaHome],
        ...['-D', `node.data-dir=${paths.trinoDataDir}`],
      ],
      env: {
        ...baseEnv(),
        JAVA_HOME: programs.javaHome,
        PATH: [join(programs.javaHome, 'bin'), process.env.PATH].join(
          delimiter,
        ),
        ...trinoVariables({ settings, paths, secrets }),
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
