import { pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 100_000;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * One line of Trino's password file: `user:iterations:hexSalt:hexHash`.
 *
 * Trino's file authenticator checks such hashes with PBKDF2WithHmacSHA256 and derives as
 * many bits as the hash has (Trino documentation, "Password file authentication").
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
  const hash = pbkdf2Sync(password, salt, ITERATIONS, HASH_BYTES, 'sha256');
  return `${user}:${ITERATIONS}:${salt.toString('hex')}:${hash.toString(
    'hex',
  )}`;
}
