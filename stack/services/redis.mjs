import { mkdirSync } from 'node:fs';
import { baseEnv } from '../lib/baseEnv.mjs';
import { acceptsConnections } from '../lib/ports.mjs';

/** Redis without persistence: what the demo caches may be lost. */
export function createRedisService({ settings, paths, programs }) {
  const port = settings.ports.redis;
  return {
    name: 'redis',
    address: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 20_000,
    async prepare() {
      mkdirSync(paths.redisDir, { recursive: true, mode: 0o700 });
    },
    commandLine: () => ({
      command: programs.redisServer,
      args: [
        ...['--port', String(port)],
        ...['--bind', '127.0.0.1'],
        ...['--dir', paths.redisDir],
        ...['--save', ''],
        ...['--appendonly', 'no'],
        ...['--maxmemory', '256mb'],
        ...['--maxmemory-policy', 'allkeys-lru'],
      ],
      env: baseEnv(),
    }),
    isReady: () => acceptsConnections(port),
  };
}
