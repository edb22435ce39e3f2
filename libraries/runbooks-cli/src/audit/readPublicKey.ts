import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InputError, toError } from '@backstage/errors';

/**
 * Reads an Ed25519 public key. A file that holds the private one will do.
 *
 * @throws InputError that names the file
 */
export function readPublicKey(file: string): KeyObject {
  const key = parse(file);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new InputError(
    `${file} holds a key of the kind ${key.asymmetricKeyType}, and checkpoints are signed with Ed25519.`,
  );
}

function parse(file: string): KeyObject {
  try {
    return createPublicKey(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      `${file} can't be read as a public key in PEM: ${
        toError(error).message
      }. Make one of the signing key with: openssl pkey -pubout`,
    );
  }
}
