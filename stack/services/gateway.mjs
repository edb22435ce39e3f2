import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAddresses } from '../lib/addresses.mjs';
import { baseEnv } from '../lib/baseEnv.mjs';
import { gatewayJar, GATEWAY_VERSION } from '../lib/downloads.mjs';
import { isOk } from '../lib/http.mjs';
import { waitUntil } from '../lib/wait.mjs';
import {
  gatewayBackends,
  gatewayConfig,
  GATEWAY_USER,
} from './gatewayConfig.mjs';
import { createPostgresAdmin } from './postgresAdmin.mjs';

const KEY_BITS = 2048;
const HEALTHY_TIMEOUT_MS = 60_000;
const TIMEOUT_MS = 10_000;
const DATABASE = 'gateway';

/** Trino Gateway before both Trinos, with form login. */
export function createGatewayService(context) {
  const { settings, paths, secrets, programs } = context;
  const port = settings.ports.gateway;
  const address = `http://127.0.0.1:${port}`;
  const configFile = join(paths.gatewayDir, 'config.yaml');
  const keys = gatewayKeyFiles(paths);

  const credentials = Buffer.from(
    `${GATEWAY_USER}:${secrets.gatewayPassword}`,
  ).toString('base64');
  const call = async (path, init = {}) => {
    const response = await fetch(`${address}${path}`, {
      ...init,
      headers: {
        authorization: `Basic ${credentials}`,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      throw new Error(
        `Trino Gateway answered ${
          response.status
        } to ${path}. See ${paths.logFile('gateway')}.`,
      );
    }
    return response.text();
  };
  const isHealthy = async ({ name }) =>
    JSON.parse(await call(`/api/public/backends/${name}/state`)).trinoStatus ===
    'HEALTHY';

  return {
    name: 'gateway',
    version: GATEWAY_VERSION,
    address,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 120_000,
    async prepare() {
      mkdirSync(paths.gatewayDir, { recursive: true, mode: 0o700 });
      const admin = createPostgresAdmin({ settings, secrets, programs });
      await admin.ensureRole({
        name: DATABASE,
        password: secrets.gatewayPostgresPassword,
      });
      await admin.ensureDatabase({ name: DATABASE, owner: DATABASE });
      makeGatewayKeys(paths);
      const config = gatewayConfig({
        port,
        bindIp: '127.0.0.1',
        addresses: localAddresses(settings),
        secrets,
        keys,
      });
      // JSON is YAML as well.
      writeFileSync(configFile, JSON.stringify(config, undefined, 2), {
        mode: 0o600,
      });
    },
    commandLine: () => ({
      command: join(programs.javaHome, 'bin', 'java'),
      args: [
        ...['-Xmx384M', '-XX:TieredStopAtLevel=1'],
        ...['-jar', gatewayJar(paths), configFile],
      ],
      env: baseEnv(),
      cwd: paths.gatewayDir,
    }),
    isReady: () => isOk(`${address}/trino-gateway/livez`),
    /** Puts the Trinos behind it and waits until it has found them healthy. */
    async afterReady() {
      const backends = gatewayBackends(localAddresses(settings));
      for (const backend of backends) {
        await call('/entity?entityType=GATEWAY_BACKEND', {
          method: 'POST',
          body: JSON.stringify(backend),
        });
      }
      const areHealthy = await waitUntil({
        check: async () =>
          (await Promise.all(backends.map(isHealthy))).every(Boolean),
        timeoutMs: HEALTHY_TIMEOUT_MS,
      });
      if (!areHealthy) {
        throw new Error(
          `Trino Gateway did not find its Trinos healthy within ${
            HEALTHY_TIMEOUT_MS / 1000
          } s. See ${paths.logFile('gateway')}.`,
        );
      }
    },
  };
}

/** The keys that the gateway signs its sessions with. */
export const gatewayKeyFiles = ({ gatewayDir }) => ({
  privateKey: join(gatewayDir, 'private.pem'),
  publicKey: join(gatewayDir, 'public.pem'),
});

/** Makes the keys once. */
export function makeGatewayKeys(paths) {
  const files = gatewayKeyFiles(paths);
  if (existsSync(files.publicKey)) {
    return;
  }
  const keys = generateKeyPairSync('rsa', {
    modulusLength: KEY_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(files.privateKey, keys.privateKey, { mode: 0o600 });
  writeFileSync(files.publicKey, keys.publicKey);
}
