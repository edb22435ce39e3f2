import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';

/** A query's first results: Trino lets no query end before its client has them. */
const RESULTS = /^\/v1\/statement\/executing\/([^/]+)\//;

/** A way to Trino on which each query's results are late, as on a network that is ill. */
export class SlowPath {
  readonly url: string;
  readonly #server: Server;

  static async to(trinoUrl: string, delayMs: number): Promise<SlowPath> {
    const held = new Set<string>();
    const server = createServer((incoming, answer) => {
      const [, queryId] = RESULTS.exec(incoming.url ?? '') ?? [];
      const wait = queryId !== undefined && !held.has(queryId);
      if (wait) held.add(queryId);
      setTimeout(() => pass(trinoUrl, incoming, answer), wait ? delayMs : 0);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The slow path has no port.');
    }
    return new SlowPath(server, `http://127.0.0.1:${address.port}`);
  }

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

/** With the Host that the client told, so that Trino names this way for what comes next. */
function pass(
  trinoUrl: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
) {
  const outgoing = request(
    new URL(incoming.url ?? '/', trinoUrl),
    { method: incoming.method, headers: incoming.headers },
    reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    },
  );
  outgoing.on('error', () => answer.destroy());
  incoming.pipe(outgoing);
}
