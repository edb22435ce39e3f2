import { randomBytes } from 'node:crypto';
import {
  addressOf,
  createRedisTestConfig,
} from '../../testing/redis/createRedisTestConfig';
import { openRedisTarget } from '../../testing/redis/openRedisTarget';
import { redisContract } from '../../testing/redis/redisContract';
import { REDIS_MONITOR_RULES } from '../../testing/redis/RedisContractTarget';
import type { RedisConnectionConfig } from './config';
import { DefaultRedisConnection } from './DefaultRedisConnection';

/** Set by `node stack/cli.mjs env`; without them there is no real server to run on. */
const { STACK_REDIS_URL: url, STACK_REDIS_CLUSTER_NODES: clusterNodes } =
  process.env;

const MONITOR = 'lakehouse-contract-monitor';

/** Makes the contract's user on every node, and removes it in the end. */
async function open(servers: RedisConnectionConfig['servers']) {
  const password = randomBytes(16).toString('hex');
  const admin = DefaultRedisConnection.create({
    config: createRedisTestConfig({ servers }),
  });
  const onEach = async (args: readonly string[]) => {
    const { nodes } = await admin.topology();
    for (const node of nodes) {
      await admin.command(node, 'acl', args);
    }
  };
  await onEach([
    'setuser',
    MONITOR,
    'reset',
    'on',
    `>${password}`,
    ...REDIS_MONITOR_RULES,
  ]);
  return openRedisTarget({
    servers,
    authOf: user => (user === 'monitor' ? { user: MONITOR, password } : {}),
    async close() {
      await onEach(['deluser', MONITOR]);
      await admin.close();
    },
  });
}

if (url) {
  const address = addressOf(new URL(url).host);
  redisContract({
    name: 'a real server',
    open: () => open({ mode: 'standalone', address }),
  });
}
if (clusterNodes) {
  const nodes = clusterNodes.split(',').map(addressOf);
  redisContract({
    name: 'a real cluster',
    open: () => open({ mode: 'cluster', nodes: nodes.slice(0, 1) }),
  });
}

describe('the contract on real servers', () => {
  it('runs when the variables of the stack are set', () => {
    expect({ url, clusterNodes }).toEqual({
      url: process.env.STACK_REDIS_URL,
      clusterNodes: process.env.STACK_REDIS_CLUSTER_NODES,
    });
  });
});
