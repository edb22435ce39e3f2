import { userInfo } from 'node:os';
import { createContext } from '../lib/context.mjs';
import { findJava } from '../lib/java.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { SERVICE_NAMES } from '../lib/services.mjs';
import { PORTS } from '../lib/settings.mjs';
import { createTrinoAuthFiles } from '../services/trinoAuthFiles.mjs';
import { writeComposeFiles } from './composeFiles.mjs';
import { stackVariables } from './env.mjs';

/**
 * Makes the files that compose.yaml mounts and prints the variables that it refers to.
 *
 * @param {{ options: object }} input
 * @returns {Promise<number>} the exit code
 */
export async function composeEnv({ options }) {
  const { settings, paths } = createContext({ options });
  const secrets = loadSecrets(paths.secretsFile);
  const { home: javaHome } = await findJava();
  await createTrinoAuthFiles({ paths, secrets, programs: { javaHome } });
  const { uid, gid } = userInfo();
  const variables = {
    ...stackVariables({ settings, paths, secrets, services: SERVICE_NAMES }),
    STACK_TRINO_VERSION: settings.trinoVersion,
    ...portVariables(settings),
    ...writeComposeFiles({ settings, paths, secrets }),
    STACK_OIDC_REDIRECT_URIS: settings.oidcRedirectUris.join(' '),
    STACK_INGEST_URL_2: inDocker(settings.ingestUrl2),
    STACK_SHOP_POSTGRES_PASSWORD: secrets.shopPostgresPassword,
    STACK_TRINO_AUTH_DIR: paths.authDir,
    STACK_TRINO_KEYSTORE_PASSWORD: secrets.trinoKeystorePassword,
    STACK_TRINO_SHARED_SECRET: secrets.trinoSharedSecret,
    STACK_INGEST_URL: inDocker(settings.ingestUrl),
    // Trino runs as the one who owns the mounted files.
    STACK_UID: uid,
    STACK_GID: gid,
  };
  for (const [name, value] of Object.entries(variables)) {
    process.stdout.write(`${name}=${value}\n`);
  }
  return 0;
}

const portVariables = ({ ports }) =>
  Object.fromEntries(
    Object.entries(PORTS).map(([key, { variable }]) => [variable, ports[key]]),
  );

const inDocker = url => url.replace('//127.0.0.1:', '//host.docker.internal:');
