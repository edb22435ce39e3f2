import { createServer, type IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plain, type Reply } from '../server/Reply';

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** A request whose body was read. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on loopback. */
export interface HttpServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server on loopback that answers each request by one function. */
export async function startHttpServer(options: {
  /** Any free one when 0. */
  port: number;
  answer(request: HttpRequest): Reply | Promise<Reply>;
}): Promise<HttpServer> {
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    readBody(incoming)
      .then(body =>
        body === undefined
          ? plain(413, 'Request body is too large')
          : options.answer({
              method: incoming.method ?? 'GET',
              path: url.pathname,
              query: url.searchParams,
              headers: incoming.headers,
              body,
            }),
      )
      .catch(error =>
        plain(500, error instanceof Error ? error.message : String(error)),
      )
      .then(reply => {
        const body = Buffer.from(reply.body, 'utf8');
        response.writeHead(reply.status, [
          ...reply.headers.flat(),
          'Content-Length',
          String(body.length),
        ]);
        response.end(body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = addressOf(server.address());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (typeof address === 'object' && address) return address;
  throw new Error('The sandbox did not get a port on loopback.');
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
