import { pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 100_000;
const SALT_BYTES = 16;
// As long as the digest, so that deriving it costs one round.
const HASH_BYTES = 20;

/**
 * One line of Trino's password file: `user:iterations:hexSalt:hexHash`.
 *
 * Trino 470 and 476 check such hashes with PBKDF2WithHmacSHA1, at least 1000 iterations
 * and as many bits as the hash has (EncryptionUtil of trino-password-authenticators).
 *
 * @param {{ user: string, password: string, salt?: Buffer }} options
 */
export function passwordFileLine({
  user,
  password,
  salt = randomBytes(SALT_BYTES),
}) {
  if (!/^[\w.-]+$/.test(user)) {
    throw new Error(
      `'${user}' can't be a user of the password file: use letters, digits, '.', '_' and '-'.`,
    );
  }
  const hash = pbkdf2Sync(password, salt, ITERATIONS, HASH_BYTES, 'sha1');
  return `${user}:${ITERATIONS}:${salt.toString('hex')}:${hash.toString(
    'hex',
  )}`;
}
