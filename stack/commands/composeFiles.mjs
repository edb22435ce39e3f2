import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerAddresses } from '../lib/addresses.mjs';
import { SERVICE_NAMES } from '../lib/services.mjs';
import { gatewayKeyFiles, makeGatewayKeys } from '../services/gateway.mjs';
import { gatewayBackends, gatewayConfig } from '../services/gatewayConfig.mjs';
import { prometheusConfig } from '../services/prometheusConfig.mjs';
import { redisUserLines } from '../services/redisConfig.mjs';
import { supersetVariables } from '../services/superset.mjs';

/** Where compose.yaml mounts the gateway's folder. */
const GATEWAY_DIR = '/etc/stack-gateway';

/**
 * Writes the configuration files that compose.yaml mounts.
 *
 * @returns {Record<string, string>} the variables with which compose.yaml finds them
 */
export function writeComposeFiles({ settings, paths, secrets }) {
  const dir = join(paths.stateDir, 'compose');
  const addresses = dockerAddresses(settings);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  mkdirSync(paths.gatewayDir, { recursive: true, mode: 0o700 });
  makeGatewayKeys(paths);

  // Read in containers by users that are not ours.
  const write = (name, text) =>
    writeFileSync(join(dir, name), text, { mode: 0o644 });
  write(
    'users.acl',
    `${['user default on nopass ~* &* +@all', ...redisUserLines(secrets)].join(
      '\n',
    )}\n`,
  );
  write(
    'prometheus.yml',
    JSON.stringify(
      prometheusConfig({
        addresses,
        services: SERVICE_NAMES,
        ruleFiles: ['/etc/stack-rules/*.yml', '/etc/example-rules/*.yml'],
      }),
    ),
  );
  writeFileSync(
    join(paths.gatewayDir, 'compose.yaml'),
    JSON.stringify(
      gatewayConfig({
        port: settings.ports.gateway,
        bindIp: '0.0.0.0',
        addresses,
        secrets,
        keys: gatewayKeyFiles({ gatewayDir: GATEWAY_DIR }),
      }),
    ),
    { mode: 0o600 },
  );
  write('postgres.sql', postgresSql(secrets));
  write(
    'gateway-backends.txt',
    gatewayBackends(addresses)
      .map(backend => `${JSON.stringify(backend)}\n`)
      .join(''),
  );
  write(
    'superset.env',
    Object.entries(supersetVariables({ settings, secrets, addresses }))
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return {
    STACK_COMPOSE_DIR: dir,
    STACK_GATEWAY_DIR: paths.gatewayDir,
  };
}

/** Run by PostgreSQL's image when it makes its data. */
function postgresSql(secrets) {
  return [
    ['superset', secrets.supersetPostgresPassword],
    ['shop', secrets.shopPostgresPassword],
    ['gateway', secrets.gatewayPostgresPassword],
  ]
    .map(
      ([name, password]) =>
        `CREATE ROLE ${name} LOGIN PASSWORD '${password}';\nCREATE DATABASE ${name} OWNER ${name};\n`,
    )
    .join('');
}
