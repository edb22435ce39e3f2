import { type IncomingHttpHeaders } from 'node:http';
import { header } from './Exchange';
import { plain, type Reply } from './Reply';

const CHALLENGE: [string, string][] = [
  ['WWW-Authenticate', 'Basic realm="Trino"'],
];

/**
 * Trino without TLS: a user's name is enough, a password is refused (its
 * insecure authenticator, seen with 476).
 */
export function authenticate(
  headers: IncomingHttpHeaders,
): { user: string } | { refusal: Reply } {
  const authorization = header(headers, 'authorization') ?? '';
  const named = header(headers, 'x-trino-user')?.trim();
  const basic = /^basic\s+(\S+)$/i.exec(authorization);
  if (basic) {
    const [user, password] = Buffer.from(basic[1], 'base64')
      .toString('utf8')
      .split(/:(.*)/s);
    if (password) {
      return {
        refusal: plain(
          401,
          'Password not allowed for insecure authentication',
          CHALLENGE,
        ),
      };
    }
    if (user) {
      return { user: named || user };
    }
  }
  if (!named) {
    return {
      refusal: plain(
        401,
        'Basic authentication or X-Trino-Original-User or X-Trino-User must be sent',
        CHALLENGE,
      ),
    };
  }
  return { user: named };
}
