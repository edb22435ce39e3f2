import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type SandboxWorld } from '../world/SandboxWorld';
import { authenticate } from './authenticate';
import { type Exchange } from './Exchange';
import { ManagementResource } from './ManagementResource';
import { QueryResource } from './QueryResource';
import { errorPage, plain, type Reply } from './Reply';
import { StatementResource } from './StatementResource';

interface Route {
  method: string;
  pattern: RegExp;
  /** Answers without knowing who asks. */
  open?: boolean;
  answer(exchange: Exchange, params: string[]): Reply | Promise<Reply>;
}

const MAX_BODY_BYTES = 2 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) {
      return undefined;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function routes(world: SandboxWorld): Route[] {
  const statements = StatementResource.create(world);
  const queries = QueryResource.create(world);
  const management = ManagementResource.create(world);
  const get = (pattern: RegExp, answer: Route['answer'], open = false) => ({
    method: 'GET',
    pattern,
    answer,
    open,
  });
  const page = '([^/]+)/([^/]+)/(\\d+)';
  return [
    {
      method: 'POST',
      pattern: /^\/v1\/statement$/,
      answer: exchange => statements.submit(exchange),
    },
    get(new RegExp(`^/v1/statement/queued/${page}$`), (_, p) =>
      statements.queued(p),
    ),
    get(new RegExp(`^/v1/statement/executing/${page}$`), (_, p) =>
      statements.executing(p),
    ),
    {
      method: 'DELETE',
      pattern: new RegExp(`^/v1/statement/(?:queued|executing)/${page}$`),
      answer: (_, p) => statements.cancel(p),
    },
    get(/^\/v1\/info$/, () => management.info(), true),
    get(/^\/v1\/info\/state$/, () => management.state(), true),
    get(/^\/v1\/status$/, () => management.status(), true),
    get(/^\/v1\/query$/, e => queries.list(e)),
    get(/^\/v1\/query\/([^/]+)$/, (e, p) => queries.get(e, p)),
    {
      method: 'DELETE',
      pattern: /^\/v1\/query\/([^/]+)$/,
      answer: (e, p) => queries.cancel(e, p),
    },
    {
      method: 'PUT',
      pattern: /^\/v1\/query\/([^/]+)\/killed$/,
      answer: (e, p) => queries.kill(e, p),
    },
    {
      method: 'PUT',
      pattern: /^\/v1\/query\/([^/]+)\/preempted$/,
      answer: (e, p) => queries.preempt(e, p),
    },
    get(/^\/v1\/resourceGroupState\/(.+)$/, (e, p) =>
      management.resourceGroup(e, p),
    ),
    get(/^\/v1\/node$/, e => management.nodes(e)),
    get(/^\/v1\/node\/failed$/, e => management.failedNodes(e)),
    get(/^\/v1\/jmx\/mbean\/(.+)$/, (e, p) => management.bean(e, p)),
    get(/^\/metrics$/, e => management.metrics(e)),
  ];
}

/** Trino's HTTP interface on loopback. */
export class TrinoServer {
  private constructor(private readonly server: Server, readonly port: number) {}

  static async listen(world: SandboxWorld, port: number): Promise<TrinoServer> {
    const table = routes(world);
    const server = createServer((request, response) => {
      TrinoServer.answer(table, request).then(
        reply => send(response, reply),
        error => {
          const text = error instanceof Error ? error.message : String(error);
          send(response, plain(500, `Error 500: ${text}`));
        },
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    const bound = typeof address === 'object' && address ? address.port : port;
    return new TrinoServer(server, bound);
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private static async answer(
    table: Route[],
    request: IncomingMessage,
  ): Promise<Reply> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const matches = table.filter(route => route.pattern.test(url.pathname));
    const route = matches.find(({ method }) => method === request.method);
    const identity = authenticate(request.headers);
    if ('refusal' in identity && !route?.open) {
      return identity.refusal;
    }
    if (!route) {
      return matches.length > 0
        ? plain(
            405,
            'Error 405 Method Not Allowed: HTTP 405 Method Not Allowed',
          )
        : errorPage(404);
    }
    const body = await readBody(request);
    if (body === undefined) {
      return plain(413, 'Error 413: request body is too large');
    }
    const params = route.pattern.exec(url.pathname)?.slice(1) ?? [];
    return route.answer(
      {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
        user: 'user' in identity ? identity.user : '',
        remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
      },
      params,
    );
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, [
    ...reply.headers.flat(),
    'Content-Length',
    String(body.length),
  ]);
  response.end(body);
}
