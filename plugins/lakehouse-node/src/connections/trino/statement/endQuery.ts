import type { TrinoHttp } from '../http/TrinoHttp';
import { resolveNextUri } from './resolveNextUri';
import type { StatementPage } from './statementPage';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 64 * 1024;

/**
 * Ends a query on the server as its owner, unless its last page has come. Does not
 * wait for the breaker: a query that nobody ends goes on for minutes.
 */
export async function endQuery(
  http: TrinoHttp,
  page: StatementPage,
): Promise<void> {
  if (!page.nextUri) return;
  await http.send({
    what: 'The end of a query',
    method: 'DELETE',
    path: pathToEnd(http, page, page.nextUri),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    statuses: [200, 204, 404, 410],
    bypassBreaker: true,
    read: () => undefined,
  });
}

/** A statement's own address needs no right; the other needs to own the query. */
function pathToEnd(http: TrinoHttp, page: StatementPage, nextUri: string) {
  try {
    return resolveNextUri(http.config, nextUri);
  } catch {
    // An address of another origin: the query's id leads to the configured one.
    return `/v1/query/${encodeURIComponent(page.id)}`;
  }
}
