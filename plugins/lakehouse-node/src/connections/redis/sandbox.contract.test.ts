import { startRedisSandbox } from '@lakehouse-ops/sandbox';
import { addressOf } from '../../testing/redis/createRedisTestConfig';
import { openRedisTarget } from '../../testing/redis/openRedisTarget';
import { redisContract } from '../../testing/redis/redisContract';
import { REDIS_MONITOR_RULES } from '../../testing/redis/RedisContractTarget';

async function open(cluster: boolean) {
  const sandbox = await startRedisSandbox({
    port: 0,
    cluster,
    users: [{ name: 'monitor', password: 'm', rules: REDIS_MONITOR_RULES }],
  });
  const addresses = sandbox.nodes.map(addressOf);
  return openRedisTarget({
    servers: cluster
      ? { mode: 'cluster', nodes: addresses.slice(0, 1) }
      : { mode: 'standalone', address: addresses[0] },
    authOf: user =>
      user === 'monitor' ? { user: 'monitor', password: 'm' } : {},
    close: () => sandbox.close(),
  });
}

redisContract({ name: 'the sandbox, one server', open: () => open(false) });
redisContract({ name: 'the sandbox, a cluster', open: () => open(true) });
