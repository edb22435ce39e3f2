import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BYTES = 24;

/** What is kept secret, each 32 characters long. */
const NAMES = [
  'trinoAdminPassword',
  'trinoMonitorPassword',
  'trinoAlicePassword',
  'trinoBobPassword',
  'trinoKeystorePassword',
  'trinoSharedSecret',
  'postgresSuperuserPassword',
  'postgresPassword',
  'redisObserverPassword',
  'redisOperatorPassword',
  'supersetSecretKey',
  'supersetPostgresPassword',
  'supersetAdminPassword',
  'supersetOpsPassword',
  'supersetViewerPassword',
  'supersetNarrowPassword',
  'shopPostgresPassword',
  'gatewayPostgresPassword',
  'gatewayPassword',
  'oidcClientSecret',
  'ingestToken',
  'backendSecret',
];

/**
 * Reads the stack's secrets; makes those that are missing and keeps them in a file that
 * only its owner can read.
 *
 * @param {string} file
 * @returns {Record<string, string>}
 */
export function loadSecrets(file) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = NAMES.filter(name => typeof kept[name] !== 'string');
  if (missing.length === 0) {
    return kept;
  }
  const secrets = {
    ...kept,
    ...Object.fromEntries(
      missing.map(name => [name, randomBytes(BYTES).toString('base64url')]),
    ),
  };
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, {
    mode: 0o600,
  });
  return secrets;
}
