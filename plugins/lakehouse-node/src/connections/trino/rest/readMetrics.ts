import { TrinoUnavailableError } from '../errors';
import type { TrinoHttp } from '../http/TrinoHttp';
import { parseOpenMetrics } from './parseOpenMetrics';

/** So that a request line stays below Trino's bound on headers, with the longest names. */
const NAMES_PER_REQUEST = 40;
const MAX_PAGE_BYTES = 1024 * 1024;

/**
 * Named figures of `/metrics`. The whole page is over 1 MB, so it is never asked for.
 *
 * @throws TrinoDeniedError when the user may not read system information
 */
export async function readMetrics(options: {
  http: TrinoHttp;
  names: readonly string[];
  signal?: AbortSignal;
}): Promise<Map<string, number>> {
  const wanted = [...new Set(options.names)];
  const found = new Map<string, number>();
  for (let at = 0; at < wanted.length; at += NAMES_PER_REQUEST) {
    const names = wanted.slice(at, at + NAMES_PER_REQUEST);
    const page = await readPage({ ...options, names });
    for (const name of names) {
      const value = page.get(name);
      if (value !== undefined) found.set(name, value);
    }
  }
  return found;
}

function readPage(options: {
  http: TrinoHttp;
  names: readonly string[];
  signal?: AbortSignal;
}): Promise<Map<string, number>> {
  const query = new URLSearchParams(
    options.names.map(name => ['name[]', name]),
  );
  return options.http.send({
    what: 'The page of metrics',
    method: 'GET',
    path: `/metrics?${query}`,
    signal: options.signal,
    maxBytes: MAX_PAGE_BYTES,
    retry: true,
    read: answer => {
      if (answer.text.trimStart().startsWith('<')) {
        throw new TrinoUnavailableError({
          connection: options.http.config.id,
          kind: 'bad-response',
          reason: '/metrics came as HTML instead of as OpenMetrics',
          remedy:
            "check that the url of the connection is that of Trino's coordinator",
        });
      }
      return parseOpenMetrics(answer.text);
    },
  });
}
