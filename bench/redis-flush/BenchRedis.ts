import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Redis from 'ioredis';

const VALUE_BYTES = 100;
const READY_MS = 10_000;

/** A Redis of its own, filled and emptied by the benchmark. */
export class BenchRedis {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  static async start(): Promise<BenchRedis> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'redis-flush-'));
    const server = spawn(
      'redis-server',
      [
        ['--port', String(port)],
        ['--bind', '127.0.0.1'],
        ['--dir', folder],
        ['--save', ''],
        ['--appendonly', 'no'],
        // DEBUG POPULATE makes millions of keys in seconds.
        ['--enable-debug-command', 'local'],
      ].flat(),
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const started = new BenchRedis(port, server, folder);
    await started.#ready();
    return started;
  }

  private constructor(port: number, server: ChildProcess, folder: string) {
    this.port = port;
    this.#process = server;
    this.#folder = folder;
  }

  client(): Redis {
    return new Redis(this.port, '127.0.0.1', {
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      lazyConnect: true,
    });
  }

  /** Empties it, and makes the keys to flush and those to keep. */
  async fill(keys: { flush: number; keep: number }): Promise<void> {
    const client = this.client();
    await client.connect();
    await client.flushall('SYNC');
    await client.call('DEBUG', 'POPULATE', keys.keep, 'keep', VALUE_BYTES);
    await client.call('DEBUG', 'POPULATE', keys.flush, 'tgt', VALUE_BYTES);
    client.disconnect();
  }

  /** @throws when keys that were to go are left, or others went */
  async verify(keys: { keep: number }): Promise<void> {
    const client = this.client();
    await client.connect();
    let cursor = '0';
    let left = 0;
    do {
      const [next, found] = await client.scan(
        cursor,
        'MATCH',
        'tgt:*',
        'COUNT',
        10_000,
      );
      cursor = next;
      left += found.length;
    } while (cursor !== '0');
    const size = await client.dbsize();
    client.disconnect();
    if (left > 0 || size < keys.keep) {
      throw new Error(
        `${left} keys were left, and ${size} keys are there where ${keys.keep} were to stay.`,
      );
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const until = Date.now() + READY_MS;
    for (;;) {
      const client = this.client();
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.ping();
        return;
      } catch (error) {
        if (Date.now() > until || this.#process.exitCode !== null) throw error;
        await new Promise(resolve => setTimeout(resolve, 100));
      } finally {
        client.disconnect();
      }
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('There is no free port.')),
      );
    });
  });
}
