import { ConfigReader } from '@backstage/config';
import {
  DefaultRedisConnection,
  readRedisConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { runOverPrimaries } from '../../plugins/runbooks-backend-module-lakehouse/src/actions/redis/keys/runOverPrimaries';
import { unlinkCommands } from '../../plugins/runbooks-backend-module-lakehouse/src/actions/redis/keys/unlinkCommands';

/** Flushes keys with the code of the action, without the engine around it. */
export async function asTheActionDoes(options: {
  port: number;
  match: string;
  keys: number;
}): Promise<void> {
  const [config] = readRedisConnectionsConfig(
    new ConfigReader({
      lakehouse: {
        redis: {
          connections: [
            { id: 'bench', url: `redis://127.0.0.1:${options.port}` },
          ],
        },
      },
    }),
  );
  const connection = DefaultRedisConnection.create({ config });
  try {
    const { changed } = await runOverPrimaries({
      connection,
      match: options.match,
      commands: unlinkCommands(connection.mode),
      maxKeys: options.keys,
      done: 'removed',
      context: {
        runId: 'bench',
        input: {},
        signal: new AbortController().signal,
        credentials: {
          $$type: '@backstage/BackstageCredentials',
          principal: {},
        },
        log: {
          info() {},
          warn: console.warn,
          error: console.error,
          progress() {},
        },
        fingerprint: {},
        memory: {},
        remember: async () => {},
      },
    });
    if (changed !== options.keys)
      throw new Error(`${changed} keys were removed.`);
  } finally {
    await connection.close();
  }
}
