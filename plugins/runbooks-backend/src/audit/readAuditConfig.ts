import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { auditKeyId } from '@lakehouse-ops/plugin-runbooks-node';

const DEFAULT_CHECKPOINT_EVERY = { minutes: 10 };
/** Width of the column that it is kept in. */
const MAX_KEY_ID_LENGTH = 64;

/** Signs checkpoints of the audit log. */
export interface AuditSigner {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** How the audit log is kept. */
export interface AuditConfig {
  /** Nothing is signed without. */
  readonly signer?: AuditSigner;
  readonly checkpointEveryMs: number;
}

/**
 * Reads `runbooks.audit`.
 *
 * @throws InputError that names the field; it never tells what a key holds
 */
export function readAuditConfig(root: Config): AuditConfig {
  const config = root.getOptionalConfig('runbooks.audit');
  const checkpointEveryMs = durationToMilliseconds(
    config?.has('checkpointEvery')
      ? readDurationFromConfig(config, { key: 'checkpointEvery' })
      : DEFAULT_CHECKPOINT_EVERY,
  );
  if (checkpointEveryMs <= 0) {
    throw new InputError(
      'runbooks.audit.checkpointEvery must be longer than 0',
    );
  }
  const inline = config?.getOptionalString('signingKey');
  const file = config?.getOptionalString('signingKeyFile');
  if (inline !== undefined && file !== undefined) {
    throw new InputError(
      'runbooks.audit has a signingKey and a signingKeyFile. Keep one of them.',
    );
  }
  const keyId = config?.getOptionalString('keyId');
  if (keyId !== undefined && keyId.length > MAX_KEY_ID_LENGTH) {
    throw new InputError(
      `runbooks.audit.keyId has ${keyId.length} characters, and ${MAX_KEY_ID_LENGTH} are allowed`,
    );
  }
  if (inline === undefined && file === undefined) {
    if (keyId !== undefined) {
      throw new InputError(
        'runbooks.audit.keyId names a key that is not there. Set signingKey or signingKeyFile as well, or take it out.',
      );
    }
    return { checkpointEveryMs };
  }
  const privateKey =
    file === undefined
      ? parseKey('runbooks.audit.signingKey', inline ?? '')
      : parseKey('runbooks.audit.signingKeyFile', readKeyFile(file));
  return {
    checkpointEveryMs,
    signer: { privateKey, keyId: keyId ?? auditKeyId(privateKey) },
  };
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(
      `runbooks.audit.signingKeyFile can't be read: ${toError(error).message}`,
    );
  }
}

function parseKey(field: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What the parser says may quote the key.
    throw new InputError(
      `${field} is no private key in PEM. Make one with: openssl genpkey -algorithm ed25519`,
    );
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new InputError(
    `${field} is a key of the kind ${key.asymmetricKeyType}, and checkpoints are signed with Ed25519. Make one with: openssl genpkey -algorithm ed25519`,
  );
}
