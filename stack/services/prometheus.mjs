import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAddresses } from '../lib/addresses.mjs';
import { baseEnv } from '../lib/baseEnv.mjs';
import { isOk } from '../lib/http.mjs';
import { prometheusConfig } from './prometheusConfig.mjs';

const RETENTION_TIME = '2d';
const RETENTION_SIZE = '256MB';

/** Prometheus, which scrapes Trino, the backend and itself. */
export function createPrometheusService({ settings, paths, programs }) {
  const port = settings.ports.prometheus;
  const address = `http://127.0.0.1:${port}`;
  const configFile = join(paths.prometheusDir, 'prometheus.yml');
  return {
    name: 'prometheus',
    address,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 30_000,
    async prepare() {
      mkdirSync(paths.prometheusDir, { recursive: true, mode: 0o700 });
      const config = prometheusConfig({
        addresses: localAddresses(settings),
        services: settings.services,
      });
      // JSON is YAML as well.
      writeFileSync(configFile, JSON.stringify(config, undefined, 2));
    },
    commandLine: () => ({
      command: programs.prometheus,
      args: [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(paths.prometheusDir, 'data')}`,
        `--storage.tsdb.retention.time=${RETENTION_TIME}`,
        `--storage.tsdb.retention.size=${RETENTION_SIZE}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
      ],
      env: baseEnv(),
      cwd: paths.prometheusDir,
    }),
    isReady: () => isOk(`${address}/-/ready`),
  };
}
