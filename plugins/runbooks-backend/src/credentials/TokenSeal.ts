import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { InputError } from '@backstage/errors';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const MIN_SECRET_LENGTH = 32;
/** Not a secret: it keeps the key apart from others that are made of the same secret. */
const SALT = 'lakehouse-ops/runbooks/credentials';

/**
 * Encrypts tokens with AES-256-GCM under a key that scrypt makes of a secret.
 * What was sealed for one run can't be opened as that of another.
 */
export class TokenSeal {
  readonly #key: Buffer;

  /** @throws InputError when the secret is too short to keep anything secret */
  static fromSecret(secret: string): TokenSeal {
    if (secret.length < MIN_SECRET_LENGTH) {
      throw new InputError(
        `runbooks.secretKey has ${secret.length} characters and needs ${MIN_SECRET_LENGTH} at least. Make one with: openssl rand -base64 32`,
      );
    }
    return new TokenSeal(scryptSync(secret, SALT, KEY_BYTES));
  }

  private constructor(key: Buffer) {
    this.#key = key;
  }

  seal(runId: string, token: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(Buffer.from(runId, 'utf8'));
    const sealed = Buffer.concat([
      cipher.update(token, 'utf8'),
      cipher.final(),
    ]);
    return [VERSION, nonce, cipher.getAuthTag(), sealed]
      .map(part =>
        typeof part === 'string' ? part : part.toString('base64url'),
      )
      .join('.');
  }

  /** @returns undefined when it was sealed for another run, under another key, or was changed */
  open(runId: string, text: string): string | undefined {
    const [version, nonce, tag, sealed, ...more] = text.split('.');
    if (version !== VERSION || !nonce || !tag || !sealed || more.length > 0) {
      return undefined;
    }
    try {
      const decipher = createDecipheriv(
        ALGORITHM,
        this.#key,
        Buffer.from(nonce, 'base64url'),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(Buffer.from(runId, 'utf8'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([
        decipher.update(Buffer.from(sealed, 'base64url')),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      // What GCM refuses to open says nothing of why.
      return undefined;
    }
  }
}
