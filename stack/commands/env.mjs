import { createContext } from '../lib/context.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { POSTGRES_USER } from '../services/postgres.mjs';
import { TRINO_USERS, trinoCaFile } from '../services/trinoAuthFiles.mjs';

/**
 * Prints the variables with which the app and the tests reach the servers.
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function env({ options }) {
  const { settings, paths } = createContext({ options });
  const secrets = loadSecrets(paths.secretsFile);
  for (const [name, value] of Object.entries(
    stackVariables({ settings, paths, secrets }),
  )) {
    process.stdout.write(`${name}=${value}\n`);
  }
  return 0;
}

/** The variables of the app and the tests. */
export function stackVariables({ settings: { ports }, paths, secrets }) {
  return {
    STACK_TRINO_HTTP_URL: `http://127.0.0.1:${ports.trinoHttp}`,
    STACK_TRINO_HTTPS_URL: `https://127.0.0.1:${ports.trinoHttps}`,
    STACK_TRINO_CA_FILE: trinoCaFile(paths),
    ...Object.fromEntries(
      Object.entries(TRINO_USERS).map(([user, secret]) => [
        `STACK_TRINO_${user.toUpperCase()}_PASSWORD`,
        secrets[secret],
      ]),
    ),
    STACK_POSTGRES_HOST: '127.0.0.1',
    STACK_POSTGRES_PORT: String(ports.postgres),
    STACK_POSTGRES_USER: POSTGRES_USER,
    STACK_POSTGRES_PASSWORD: secrets.postgresPassword,
    STACK_REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
    STACK_ICEBERG_REST_URL: `http://127.0.0.1:${ports.icebergRest}`,
    LAKEHOUSE_INGEST_TOKEN: secrets.ingestToken,
    BACKEND_SECRET: secrets.backendSecret,
  };
}
