import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { TrinoAuthConfig, TrinoTlsConfig } from './TrinoConnectionConfig';

const TYPES = ['none', 'basic', 'jwt', 'certificate'] as const;

/**
 * Reads `auth` of one connection. Trino itself refuses passwords and tokens over
 * plain HTTP, so that such a config could only leak them.
 *
 * @throws InputError that names the field
 */
export function readTrinoAuthConfig(
  entry: Config,
  options: { at: string; url: URL; tls: TrinoTlsConfig },
): TrinoAuthConfig {
  const at = `${options.at}.auth`;
  const text = entry.getOptionalString('auth.type') ?? 'none';
  const type = TYPES.find(one => one === text);
  if (!type) {
    throw new InputError(
      `${at}.type is '${text}'. Use one of ${TYPES.join(', ')}.`,
    );
  }
  if (type !== 'none' && options.url.protocol !== 'https:') {
    throw new InputError(
      `${at}.type is '${type}', but ${options.at}.url is not https. Trino accepts ${type} only over TLS: use its https port.`,
    );
  }
  switch (type) {
    case 'basic':
      return {
        type,
        user: readUser(entry, at),
        password: entry.getString('auth.password'),
      };
    case 'jwt':
      return { type, ...readToken(entry, at) };
    case 'certificate':
      if (!options.tls.certFile) {
        throw new InputError(
          `${at}.type is 'certificate', but ${options.at}.tls has no certFile and keyFile. Name the client certificate there.`,
        );
      }
      return { type };
    default:
      return { type };
  }
}

function readUser(entry: Config, at: string): string {
  const user = entry.getString('auth.user');
  if (user.includes(':')) {
    throw new InputError(
      `${at}.user holds a colon, which Basic authentication can't carry.`,
    );
  }
  return user;
}

function readToken(entry: Config, at: string) {
  const token = entry.getOptionalString('auth.token');
  const tokenFile = entry.getOptionalString('auth.tokenFile');
  if (!token === !tokenFile) {
    throw new InputError(`${at} of type 'jwt' needs token or tokenFile, one.`);
  }
  return { token, tokenFile };
}
