import { type IncomingHttpHeaders } from 'node:http';

/** A request whose user is known. */
export interface Exchange {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** Empty on public paths when no user was given. */
  user: string;
  remoteAddress: string;
}

/** A header's text; several of one name are joined by commas. */
export function header(
  headers: IncomingHttpHeaders,
  name: string,
): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
