import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticateToken } from './access';
import { answerKubernetes } from './answerKubernetes';
import { failure, found, type KubernetesReply } from './KubernetesReply';
import { KubernetesWorld } from './KubernetesWorld';

/** How to start the Kubernetes stand-in. @public */
export interface KubernetesSandboxOptions {
  /** Port on 127.0.0.1; any free one when missing. */
  port?: number;
  /** The world's clock. */
  now?: () => Date;
  /** Pods start and stop so many times faster. */
  speed?: number;
}

/** A running Kubernetes stand-in. @public */
export interface KubernetesSandbox {
  /** Base URL of the API server. */
  readonly url: string;
  readonly world: KubernetesWorld;
  close(): Promise<void>;
}

const VERSION = 'v1.36.3';
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Plays an API server on loopback, over a small cluster that patches really change.
 *
 * @public
 */
export async function startKubernetesSandbox(
  options: KubernetesSandboxOptions = {},
): Promise<KubernetesSandbox> {
  const now = options.now ?? (() => new Date());
  const world = KubernetesWorld.create({
    now: () => now().getTime(),
    speed: options.speed ?? 1,
  });
  const server = createServer((request, response) => {
    serve(world, request, response).catch(error => {
      const message = error instanceof Error ? error.message : String(error);
      send(response, failure(500, message));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  world: KubernetesWorld,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { faults } = world;
  if (faults.drop) {
    request.socket.destroy();
    return;
  }
  if (faults.delayMs > 0) await sleep(faults.delayMs);
  send(response, await answer(world, request));
}

async function answer(
  world: KubernetesWorld,
  request: IncomingMessage,
): Promise<KubernetesReply> {
  const { status } = world.faults;
  if (status !== undefined) {
    return status === 429
      ? failure(429, 'Too many requests, please try again later.', {
          'retry-after': '1',
        })
      : failure(status, 'an error on the server has prevented the request');
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // Open to everyone, as the role system:public-info-viewer has it.
  if (url.pathname === '/version') {
    const [, major, minor] = /v(\d+)\.(\d+)/.exec(VERSION) ?? [];
    return found({
      major,
      minor,
      gitVersion: VERSION,
      platform: 'linux/amd64',
    });
  }
  const user = authenticateToken(request.headers.authorization);
  if (!user) return failure(401, 'Unauthorized');
  const body = await readBody(request);
  if (body === undefined) return failure(413, 'the body is too large');
  world.advance();
  return answerKubernetes(world, {
    method: request.method ?? 'GET',
    url,
    user,
    contentType: request.headers['content-type'] ?? '',
    body,
  });
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

function send(response: ServerResponse, reply: KubernetesReply): void {
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    ...reply.headers,
  });
  response.end(JSON.stringify(reply.body));
}
