import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runCommand } from '../lib/command.mjs';
import { runningStack } from './runningStack.mjs';

const { env, has } = runningStack();

async function redis({ port, user, password }, ...command) {
  const { stdout } = await runCommand(
    'redis-cli',
    [
      '-h',
      '127.0.0.1',
      '-p',
      port,
      ...(user ? ['--user', user] : []),
      ...command,
    ],
    { env: { ...process.env, ...(password && { REDISCLI_AUTH: password }) } },
  );
  return stdout.trim();
}

function accessChecks(port) {
  const observer = {
    port,
    user: 'observer',
    password: env.STACK_REDIS_OBSERVER_PASSWORD,
  };
  const operator = {
    port,
    user: 'operator',
    password: env.STACK_REDIS_OPERATOR_PASSWORD,
  };

  for (const [name, who] of Object.entries({ observer, operator })) {
    it(`${name} may look`, async () => {
      for (const command of [
        ['INFO', 'memory'],
        ['SCAN', '0', 'COUNT', '1'],
        ['PTTL', 'absent'],
        ['MEMORY', 'USAGE', 'absent'],
        ['SLOWLOG', 'GET', '1'],
        ['LATENCY', 'HISTOGRAM', 'ping'],
        ['CONFIG', 'GET', 'maxmemory'],
      ]) {
        assert.doesNotMatch(await redis(who, ...command), /NOPERM/);
      }
    });

    it(`${name} may neither read nor write a value, nor empty the server`, async () => {
      for (const command of [
        ['GET', 'absent'],
        ['SET', 'absent', '1'],
        ['FLUSHALL'],
        ['CONFIG', 'SET', 'maxmemory', '1'],
      ]) {
        assert.match(await redis(who, ...command), /NOPERM/);
      }
    });
  }

  it('only operator may remove keys and change when they expire', async () => {
    for (const command of [
      ['UNLINK', '{absent}'],
      ['PEXPIRE', '{absent}', '1000'],
    ]) {
      assert.match(await redis(observer, ...command), /NOPERM/);
      assert.doesNotMatch(await redis(operator, ...command), /NOPERM/);
    }
  });

  it('a wrong password is refused', async () => {
    const answer = await redis({ port }, 'AUTH', 'observer', 'wrong');
    assert.match(answer, /WRONGPASS/);
  });
}

if (has('redis')) {
  describe('Redis', () => accessChecks(new URL(env.STACK_REDIS_URL).port));
}

if (has('redis-cluster')) {
  describe('a node of the Redis Cluster', () =>
    accessChecks(env.STACK_REDIS_CLUSTER_NODE_1.split(':')[1]));

  it('the Redis Cluster has three primaries and all slots', async () => {
    const port = env.STACK_REDIS_CLUSTER_NODE_2.split(':')[1];
    const info = await redis({ port }, 'CLUSTER', 'INFO');
    assert.match(info, /cluster_state:ok/);
    assert.match(info, /cluster_slots_ok:16384/);
    assert.match(info, /cluster_size:3/);
  });
}
