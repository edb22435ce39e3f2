import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';

/** One request that a scripted server got. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A server on loopback that answers as a test tells it. */
export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  /** What answers from now on. */
  answer: (
    request: SeenRequest,
    response: ServerResponse,
    raw: IncomingMessage,
  ) => void;
  close(): Promise<void>;
}

export async function startScriptedServer(
  answer: ScriptedServer['answer'],
  options: { port?: number; tls?: https.ServerOptions } = {},
): Promise<ScriptedServer> {
  const script = { answer, seen: new Array<SeenRequest>() };
  const listener: RequestListener = (raw, response) => {
    const chunks: Buffer[] = [];
    raw.on('data', chunk => chunks.push(chunk));
    raw.on('end', () => {
      const request = {
        method: raw.method ?? '',
        path: raw.url ?? '',
        headers: raw.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      script.seen.push(request);
      script.answer(request, response, raw);
    });
  };
  const listening = options.tls
    ? https.createServer(options.tls, listener)
    : http.createServer(listener);
  listening.listen(options.port ?? 0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(script, {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    async close() {
      listening.closeAllConnections();
      listening.close();
      await once(listening, 'close');
    },
  });
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
