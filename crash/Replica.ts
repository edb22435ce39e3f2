import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { RunbooksClient } from '@lakehouse-ops/plugin-runbooks-common';
import type { Point, Reached } from './faults';

const ROOT = join(__dirname, '..');
const READY_MS = 90_000;
const CONFIGS = [
  'app-config.yaml',
  'app-config.stack.yaml',
  'app-config.gateway.yaml',
  'crash/app-config.crash.yaml',
];

/** A backend process that can be killed. */
export class Replica {
  readonly client: RunbooksClient;
  /** Which runs stand at the point that it was told. */
  readonly reached: Reached[] = [];
  readonly #process: ChildProcess;

  /** @param log - file that its output goes to */
  static async start(options: {
    env: Record<string, string>;
    log: string;
    point?: Point;
  }): Promise<Replica> {
    const port = await freePort();
    const child = fork(
      join(__dirname, 'backend.ts'),
      CONFIGS.flatMap(file => ['--config', file]),
      {
        cwd: ROOT,
        execArgv: [...process.execArgv],
        env: {
          ...process.env,
          ...options.env,
          NODE_ENV: 'development',
          CRASH_PORT: String(port),
          BACKEND_PORT: String(port),
          ...(options.point ? { CRASH_AT: options.point } : {}),
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const log = createWriteStream(options.log, { flags: 'a' });
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const replica = new Replica(child, port);
    await replica.#ready(options.log);
    return replica;
  }

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    const header = mockCredentials.user.header();
    this.client = new RunbooksClient({
      discoveryApi: {
        getBaseUrl: async () => `http://127.0.0.1:${port}/api/runbooks`,
      },
      fetchApi: {
        fetch: (url, init) =>
          fetch(url, {
            ...init,
            signal: init?.signal ?? AbortSignal.timeout(60_000),
            headers: { ...init?.headers, authorization: header },
          }),
      },
    });
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Ends it as a power failure does: nothing of it runs any more. */
  async kill(): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(timer);
  }

  #ready(log: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`It was not ready in time: see ${log}`)),
        READY_MS,
      );
      this.#process.once('exit', () =>
        reject(new Error(`It ended by itself: see ${log}`)),
      );
      this.#process.on('message', (message: { ready?: true } & Reached) => {
        if (message.reached) this.reached.push(message);
        if (message.ready) {
          clearTimeout(timer);
          resolve();
        }
      });
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}
