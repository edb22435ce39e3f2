import { InputError } from '@backstage/errors';
import type { ConnectionEntry } from '../../shared/connectionFields';
import type { RedisAuthConfig } from './RedisConnectionConfig';

/**
 * Reads a user and a password.
 *
 * @throws InputError that names the field
 */
export function readRedisAuth(
  { entry, at }: ConnectionEntry,
  key: string,
): RedisAuthConfig {
  const user = entry.getOptionalString(`${key}.user`);
  const password = entry.getOptionalString(`${key}.password`);
  const passwordFile = entry.getOptionalString(`${key}.passwordFile`);
  if (password && passwordFile) {
    throw new InputError(
      `${at}.${key} has both password and passwordFile. Keep one.`,
    );
  }
  if (user && !password && !passwordFile) {
    throw new InputError(
      `${at}.${key}.user needs password or passwordFile beside it.`,
    );
  }
  return { user, password, passwordFile };
}
