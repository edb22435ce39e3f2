import { readFile } from 'node:fs/promises';
import type { RedisAuthConfig } from '../config/RedisConnectionConfig';

/** @throws when the password's file can't be read */
export async function readRedisPassword(
  auth: RedisAuthConfig,
): Promise<string | undefined> {
  if (auth.passwordFile === undefined) return auth.password;
  // Editors and secret stores end a file with a line break that is no part of it.
  return (await readFile(auth.passwordFile, 'utf8')).replace(/\r?\n$/, '');
}
