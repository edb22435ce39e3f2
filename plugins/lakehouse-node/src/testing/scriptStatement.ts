import type { ScriptedServer, SeenRequest } from './startScriptedServer';
import { sendJson } from './startScriptedServer';

export const SCRIPTED_QUERY_ID = '20260101_000000_00001_abcde';

/**
 * Speaks enough of Trino's statement protocol for one statement: each GET of a page
 * is answered by `page`, which gets the number of the page; DELETE is noted.
 */
export function scriptStatement(options: {
  page: (index: number) => object | undefined;
  /** What the addresses of pages begin with; the server's own url unless told. */
  origin?: (request: SeenRequest) => string;
}): ScriptedServer['answer'] {
  return (request, response) => {
    const origin =
      options.origin?.(request) ?? `http://${request.headers.host}`;
    const uri = (index: number) =>
      `${origin}/v1/statement/executing/${SCRIPTED_QUERY_ID}/slug/${index}`;
    if (request.method === 'DELETE') {
      response.writeHead(204).end();
      return;
    }
    const index =
      request.method === 'POST' ? 0 : Number(request.path.split('/').pop());
    const page = request.method === 'POST' ? {} : options.page(index);
    sendJson(response, {
      id: SCRIPTED_QUERY_ID,
      stats: { state: page ? 'RUNNING' : 'FINISHED' },
      ...(page ? { nextUri: uri(index + 1) } : {}),
      ...page,
    });
  };
}
