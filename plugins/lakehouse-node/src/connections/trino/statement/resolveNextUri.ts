import type { TrinoConnectionConfig } from '../config';
import { TrinoUnavailableError } from '../errors';

/**
 * Turns the address of the next page into a path on the configured server. A
 * server must not be able to send us elsewhere with our credentials.
 *
 * @throws TrinoUnavailableError when the address is of another origin that config
 * does not name
 */
export function resolveNextUri(
  config: TrinoConnectionConfig,
  nextUri: string,
): string {
  const next = URL.canParse(nextUri) ? new URL(nextUri) : undefined;
  const own = new URL(config.url);
  if (
    next &&
    (next.origin === own.origin ||
      config.advertisedOrigins.includes(next.origin)) &&
    !next.username &&
    !next.password
  ) {
    const prefix = own.pathname.replace(/\/+$/, '');
    const path = next.pathname + next.search;
    // The prefix stands in the url of the connection already.
    return prefix && path.startsWith(`${prefix}/`)
      ? path.slice(prefix.length)
      : path;
  }
  const origin = next ? next.origin : 'no address at all';
  throw new TrinoUnavailableError({
    connection: config.id,
    kind: 'bad-response',
    reason: `the server asked to fetch results from ${origin}, which is not its own address`,
    remedy:
      'if a proxy stands before Trino, set http-server.process-forwarded=true in Trino, or name that origin in advertisedOrigins of the connection',
  });
}
