import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { icebergRestClassPath } from '../lib/downloads.mjs';
import { isAnswering } from '../lib/http.mjs';

/** Apache Iceberg's own REST catalog server over a SQLite file and plain files. */
export function createIcebergRestService({ settings, paths, programs }) {
  const port = settings.ports.icebergRest;
  const address = `http://127.0.0.1:${port}`;
  return {
    name: 'iceberg-rest',
    address,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 60_000,
    async prepare() {
      mkdirSync(paths.icebergRestDir, { recursive: true, mode: 0o700 });
    },
    commandLine: () => ({
      command: join(programs.javaHome, 'bin', 'java'),
      args: [
        '-Xmx256m',
        ...['-cp', icebergRestClassPath(paths).join(delimiter)],
        'org.apache.iceberg.rest.RESTCatalogServer',
      ],
      env: {
        ...baseEnv(),
        CATALOG_REST_PORT: String(port),
        CATALOG_URI: `jdbc:sqlite:${join(paths.icebergRestDir, 'catalog.db')}`,
        CATALOG_WAREHOUSE: `file://${join(paths.warehouseDir, 'rest')}`,
      },
    }),
    isReady: () => isAnswering(`${address}/v1/config`),
  };
}
