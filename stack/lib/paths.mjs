import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SUPERSET_VERSION, supersetPins } from './supersetPins.mjs';

/** The folder of the stack's own scripts and configuration. */
export const STACK_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Where the stack keeps what it makes.
 *
 * @param {{ stateDir: string, cacheDir: string, trinoVersion: string }} settings
 */
export function createPaths({ stateDir, cacheDir, trinoVersion }) {
  return {
    stateDir,
    secretsFile: join(stateDir, 'secrets.json'),
    logFile: service => join(stateDir, 'logs', `${service}.log`),
    recordFile: service => join(stateDir, 'run', `${service}.json`),
    postgresDir: join(stateDir, 'postgres'),
    redisDir: join(stateDir, 'redis'),
    redisClusterDir: node => join(stateDir, 'redis-cluster', String(node)),
    supersetDir: join(stateDir, 'superset'),
    prometheusDir: join(stateDir, 'prometheus'),
    gatewayDir: join(stateDir, 'gateway'),
    oidcDir: join(stateDir, 'oidc'),
    icebergRestDir: join(stateDir, 'iceberg-rest'),
    warehouseDir: join(stateDir, 'warehouse'),
    trinoDataDir: join(stateDir, 'trino', 'data'),
    trino2DataDir: join(stateDir, 'trino2', 'data'),
    trino2WarehouseDir: join(stateDir, 'trino2', 'warehouse'),
    authDir: join(stateDir, 'trino', 'auth'),
    supersetHome: join(
      cacheDir,
      `superset-${SUPERSET_VERSION}-${supersetPins()}`,
    ),
    trinoHome: join(cacheDir, `trino-server-${trinoVersion}`),
    jarsDir: join(cacheDir, 'jars'),
    downloadsDir: join(cacheDir, 'downloads'),
  };
}

/**
 * Makes the folders of the state. The top folder can be passed through by PostgreSQL's
 * user; what must stay private is private by itself.
 */
export function createStateFolders(paths) {
  mkdirSync(paths.stateDir, { recursive: true });
  // The default of root lies where anybody could have made it first.
  if (statSync(paths.stateDir).uid !== userInfo().uid) {
    throw new Error(
      `${paths.stateDir} belongs to another user. Remove it or choose another folder: LAKEHOUSE_STACK_HOME.`,
    );
  }
  chmodSync(paths.stateDir, 0o711);
  const folders = [
    ...['logs', 'run', 'warehouse', 'trino'],
    join('trino2', 'warehouse'),
  ];
  for (const folder of folders) {
    mkdirSync(join(paths.stateDir, folder), { recursive: true, mode: 0o700 });
  }
}
