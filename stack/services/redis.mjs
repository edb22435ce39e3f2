import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { runCommand } from '../lib/command.mjs';
import { waitUntil } from '../lib/wait.mjs';
import { writeRedisConfig } from './redisConfig.mjs';

const NODES = [1, 2, 3];
const CLUSTER_TIMEOUT_MS = 30_000;

/** Redis without persistence: what the demo caches may be lost. */
export function createRedisService({ settings, paths, secrets, programs }) {
  const port = settings.ports.redis;
  return createNode({
    name: 'redis',
    port,
    dir: paths.redisDir,
    more: { maxmemory: '256mb', 'maxmemory-policy': 'allkeys-lru' },
    secrets,
    programs,
  });
}

/** A Redis Cluster of three primaries and no replica, made anew at each start. */
export function createRedisClusterServices({
  settings,
  paths,
  secrets,
  programs,
}) {
  const ports = redisClusterPorts(settings);
  const nodes = NODES.map((node, index) =>
    createNode({
      name: `redis-cluster-${node}`,
      port: ports[index],
      dir: paths.redisClusterDir(node),
      more: {
        maxmemory: '256mb',
        'maxmemory-policy': 'allkeys-lru',
        'cluster-enabled': 'yes',
        'cluster-config-file': 'nodes.conf',
        'cluster-node-timeout': '2000',
      },
      secrets,
      programs,
    }),
  );
  // It starts when the others are ready and makes one cluster of all.
  nodes[0].afterReady = () => formCluster({ ports, programs });
  return nodes;
}

/** The ports of the cluster's nodes. */
export const redisClusterPorts = ({ ports }) =>
  NODES.map(node => ports[`redisCluster${node}`]);

function createNode({ name, port, dir, more, secrets, programs }) {
  const configFile = join(dir, 'redis.conf');
  return {
    name,
    address: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    readyTimeoutMs: 20_000,
    async prepare() {
      rmSync(dir, { recursive: true, force: true });
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      writeRedisConfig({
        file: configFile,
        settings: {
          port,
          bind: '127.0.0.1',
          dir: JSON.stringify(dir),
          save: '""',
          appendonly: 'no',
          ...more,
        },
        secrets,
      });
    },
    commandLine: () => ({
      command: programs.redisServer,
      args: [configFile],
      env: baseEnv(),
    }),
    isReady: async () =>
      (await ask({ port, programs, command: ['PING'] })) === 'PONG',
  };
}

async function formCluster({ ports, programs }) {
  const addresses = ports.map(port => `127.0.0.1:${port}`);
  await runCommand(
    programs.redisCli,
    ['--cluster', 'create', ...addresses, '--cluster-yes'],
    { env: baseEnv(), timeout: CLUSTER_TIMEOUT_MS },
  );
  const isWhole = await waitUntil({
    check: async () => {
      const answers = await Promise.all(
        ports.map(port =>
          ask({ port, programs, command: ['CLUSTER', 'INFO'] }),
        ),
      );
      return answers.every(answer => /cluster_state:ok/.test(answer));
    },
    timeoutMs: CLUSTER_TIMEOUT_MS,
  });
  if (!isWhole) {
    throw new Error(
      `The Redis nodes on ${addresses.join(
        ', ',
      )} did not become one cluster. They also talk on the ports 10000 above these, which must be free.`,
    );
  }
}

async function ask({ port, programs, command }) {
  try {
    const { stdout } = await runCommand(
      programs.redisCli,
      ['-h', '127.0.0.1', '-p', String(port), ...command],
      { env: baseEnv() },
    );
    return stdout.trim();
  } catch {
    // Not up yet.
    return '';
  }
}
