import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { findProgram, runCommand } from '../lib/command.mjs';
import { passwordFileLine } from '../lib/passwordFile.mjs';

const VALID_DAYS = 3650;
const ALIAS = 'trino';
const SUBJECT_ALT_NAME = 'DNS:localhost,IP:127.0.0.1';

/** The users of the port that asks for a password, and which secret is whose. */
export const TRINO_USERS = {
  admin: 'trinoAdminPassword',
  monitor: 'trinoMonitorPassword',
  alice: 'trinoAlicePassword',
  bob: 'trinoBobPassword',
};

const beingMade = new Map();

/** The certificate that clients of the https port must trust. */
export function trinoCaFile(paths) {
  return join(paths.authDir, 'ca.pem');
}

/**
 * Makes what Trino's https port needs: a password file and a self-signed certificate.
 *
 * @param {{ paths: object, secrets: Record<string, string>, programs: { javaHome?: string } }} options
 */
export function createTrinoAuthFiles(options) {
  // Two Trinos that start side by side share the files.
  const { authDir } = options.paths;
  if (!beingMade.has(authDir)) {
    beingMade.set(authDir, makeFiles(options));
  }
  return beingMade.get(authDir);
}

async function makeFiles({ paths, secrets, programs }) {
  mkdirSync(paths.authDir, { recursive: true, mode: 0o700 });
  const lines = Object.entries(TRINO_USERS).map(([user, secret]) =>
    passwordFileLine({ user, password: secrets[secret] }),
  );
  writeFileSync(join(paths.authDir, 'password.db'), `${lines.join('\n')}\n`, {
    mode: 0o600,
  });
  const keystore = join(paths.authDir, 'server.p12');
  if (existsSync(keystore)) {
    return;
  }
  const options = {
    keystore,
    certificate: trinoCaFile(paths),
    key: join(paths.authDir, 'server.key'),
    execution: {
      env: { ...baseEnv(), STORE_PASSWORD: secrets.trinoKeystorePassword },
    },
  };
  const openssl = findProgram('openssl');
  if (openssl) {
    await createWithOpenssl({ ...options, openssl });
  } else if (programs.javaHome === undefined) {
    throw new Error(
      "Trino's certificate needs openssl, or keytool of a Java, and neither is here. Install openssl.",
    );
  } else {
    await createWithKeytool({
      ...options,
      keytool: join(programs.javaHome, 'bin', 'keytool'),
    });
  }
}

async function createWithOpenssl(options) {
  const { openssl, keystore, certificate, key, execution } = options;
  await runCommand(
    openssl,
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes'],
      ...['-days', String(VALID_DAYS)],
      ...['-subj', '/CN=localhost'],
      ...['-addext', `subjectAltName=${SUBJECT_ALT_NAME}`],
      ...['-keyout', key, '-out', certificate],
    ],
    execution,
  );
  await runCommand(
    openssl,
    [
      ...['pkcs12', '-export', '-name', ALIAS],
      ...['-inkey', key, '-in', certificate],
      ...['-out', keystore, '-passout', 'env:STORE_PASSWORD'],
    ],
    execution,
  );
  rmSync(key);
}

async function createWithKeytool(options) {
  const { keytool, keystore, certificate, execution } = options;
  const store = [
    ...['-keystore', keystore, '-storetype', 'PKCS12'],
    ...['-storepass:env', 'STORE_PASSWORD', '-alias', ALIAS],
  ];
  await runCommand(
    keytool,
    [
      ...['-genkeypair', ...store, '-keyalg', 'RSA', '-keysize', '2048'],
      ...['-validity', String(VALID_DAYS), '-dname', 'CN=localhost'],
      ...['-ext', `SAN=${SUBJECT_ALT_NAME.toLowerCase()}`],
    ],
    execution,
  );
  await runCommand(
    keytool,
    ['-exportcert', '-rfc', ...store, '-file', certificate],
    execution,
  );
}
