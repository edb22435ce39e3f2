import { empty, plain, type Reply } from '../server/Reply';
import type { HttpRequest } from '../http/startHttpServer';
import type { GatewayWorld, SandboxBackend } from './GatewayWorld';

const QUERY_ID = /\d{8}_\d{6}_\d{5}_\w{5}/;
const NEW_STATEMENT_ID = /"id":"(\d{8}_\d{6}_\d{5}_\w{5})"/;
/** Gateway 20 answers these itself, and does not know them. */
const NOT_PASSED_ON = /^\/v1\/(status|resourceGroupState)/;
const HEADERS_OF_A_HOP = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/**
 * Passes a request on to the backend that it belongs to: one of a query to where it
 * runs, a new one to its group.
 */
export async function proxyToTrino(options: {
  world: GatewayWorld;
  request: HttpRequest;
  /** The address that clients are to come back to. */
  gatewayUrl: string;
  /** Whether statements are parsed; if not, those that kill fail. Source: measured on Gateway 20. */
  analyzeRequest: boolean;
  nowMs: number;
}): Promise<Reply> {
  const { world, request, gatewayUrl } = options;
  if (NOT_PASSED_ON.test(request.path)) return empty(404);
  const isNew = request.method === 'POST' && request.path === '/v1/statement';
  const kills = isNew && request.body.includes('kill_query');
  if (kills && !options.analyzeRequest) return empty(500);
  const killed = kills ? request.body : '';
  const group =
    headerOf(request, 'x-trino-routing-group') || world.defaultRoutingGroup;
  const named = QUERY_ID.exec(isNew ? killed : request.path);
  const backend =
    (named ? world.backendOf(named[0]) : undefined) ?? world.route(group);
  if (!backend) return plain(500, 'Number of active backends found zero');
  const reply = await forward(backend, request);
  const started = isNew && NEW_STATEMENT_ID.exec(reply.body);
  if (started) {
    world.remember({
      queryId: started[1],
      queryText: request.body,
      user: headerOf(request, 'x-trino-user'),
      source: headerOf(request, 'x-trino-source'),
      backendUrl: backend.proxyTo,
      externalUrl: backend.proxyTo,
      captureTime: options.nowMs,
      routingGroup: group,
    });
  }
  return {
    ...reply,
    body: reply.body.replaceAll(backend.proxyTo, gatewayUrl),
  };
}

async function forward(
  backend: SandboxBackend,
  request: HttpRequest,
): Promise<Reply> {
  const search = request.query.size > 0 ? `?${request.query}` : '';
  try {
    if (backend.dead) throw new Error('It does not answer');
    const answer = await fetch(`${backend.proxyTo}${request.path}${search}`, {
      method: request.method,
      headers: Object.entries(request.headers).flatMap(
        ([name, value]): [string, string][] =>
          value === undefined || HEADERS_OF_A_HOP.has(name)
            ? []
            : [[name, String(value)]],
      ),
      body: ['GET', 'HEAD'].includes(request.method) ? undefined : request.body,
      redirect: 'manual',
    });
    return {
      status: answer.status,
      headers: [...answer.headers].filter(
        ([name]) => !HEADERS_OF_A_HOP.has(name) && name !== 'content-encoding',
      ),
      body: await answer.text(),
    };
  } catch {
    return plain(502, 'Request to remote Trino server failed');
  }
}

function headerOf(request: HttpRequest, name: string): string {
  return String(request.headers[name] ?? '');
}
