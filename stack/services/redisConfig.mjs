import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * What the collectors need of Redis: to look, and to read how keys are spread, yet no
 * values.
 */
const OBSERVER_RULES = [
  '~*',
  '-@all',
  '+@connection',
  '+info',
  '+dbsize',
  '+role',
  '+command',
  '+config|get',
  '+latency|histogram',
  '+latency|latest',
  '+slowlog|get',
  '+slowlog|len',
  '+memory|usage',
  '+memory|stats',
  '+cluster|info',
  '+cluster|nodes',
  '+cluster|slots',
  '+cluster|shards',
  '+cluster|myid',
  '+cluster|countkeysinslot',
  '+readonly',
  '+scan',
  '+type',
  '+ttl',
  '+pttl',
  '+exists',
  '+object|encoding',
  '+object|idletime',
];

/** What the actions need on top: to remove keys and to change when they expire. */
const OPERATOR_RULES = [...OBSERVER_RULES, '+unlink', '+expire', '+pexpire'];

/** The users beside `default`, which stays open since only this machine reaches it. */
const REDIS_USERS = {
  observer: { secret: 'redisObserverPassword', rules: OBSERVER_RULES },
  operator: { secret: 'redisOperatorPassword', rules: OPERATOR_RULES },
};

/**
 * Writes a configuration file of Redis with the stack's users, passwords as hashes.
 *
 * @param {{ file: string, settings: Record<string, string | number>, secrets: Record<string, string> }} options
 */
export function writeRedisConfig({ file, settings, secrets }) {
  const lines = [
    ...Object.entries(settings).map(([name, value]) => `${name} ${value}`),
    ...redisUserLines(secrets),
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** The users as lines of redis.conf (Redis documentation, "ACL"). */
export function redisUserLines(secrets) {
  return Object.entries(REDIS_USERS).map(([user, { secret, rules }]) => {
    const hash = createHash('sha256').update(secrets[secret]).digest('hex');
    return ['user', user, 'on', `#${hash}`, ...rules].join(' ');
  });
}
