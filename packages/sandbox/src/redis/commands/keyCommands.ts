import { OK, RedisError, SimpleString } from '../protocol/RespReply';
import type { StoredValue } from '../world/Keyspace';
import { globPattern } from '../world/RedisUser';
import { readInteger } from './readInteger';
import { expireCommand } from './expireCommand';
import type {
  CommandContext,
  RedisCommandDefinition,
} from './RedisCommandDefinition';
import { setOptions } from './setOptions';

const READ_KEY = ['keyspace', 'read', 'fast'];
const WRITE_KEY = ['keyspace', 'write', 'fast'];

function lookUp(
  { keyspace, node, nowMs }: CommandContext,
  key: string,
): StoredValue | undefined {
  const stored = keyspace.get(key, nowMs);
  if (stored) node.counters.hits += 1;
  else node.counters.misses += 1;
  return stored;
}

const ttl = (name: string, unitMs: number): RedisCommandDefinition => ({
  name,
  arity: 2,
  categories: READ_KEY,
  keys: 'first',
  run(context, [key]) {
    const stored = lookUp(context, key);
    if (!stored) return -2;
    if (stored.expiresAtMs === undefined) return -1;
    return Math.round((stored.expiresAtMs - context.nowMs) / unitMs);
  },
});

const remove = (name: string): RedisCommandDefinition => ({
  name,
  arity: -2,
  categories: name === 'del' ? ['keyspace', 'write', 'slow'] : WRITE_KEY,
  keys: 'all',
  run: ({ keyspace, nowMs }, keys) =>
    keys.filter(key => keyspace.get(key, nowMs) && keyspace.delete(key)).length,
});

export const keyCommands: readonly RedisCommandDefinition[] = [
  {
    name: 'get',
    arity: 2,
    categories: ['read', 'string', 'fast'],
    keys: 'first',
    run: (context, [key]) => lookUp(context, key)?.value,
  },
  {
    name: 'mget',
    arity: -2,
    categories: ['read', 'string', 'fast'],
    keys: 'all',
    run: (context, keys) => keys.map(key => lookUp(context, key)?.value),
  },
  {
    name: 'set',
    arity: -3,
    categories: ['write', 'string', 'slow'],
    keys: 'first',
    run({ keyspace, nowMs }, [key, value, ...words]) {
      const options = setOptions(words, nowMs);
      const old = keyspace.get(key, nowMs);
      const blocked = (options.nx && old) || (options.xx && !old);
      if (!blocked) {
        const expiresAtMs = options.keepTtl
          ? old?.expiresAtMs
          : options.expiresAtMs;
        keyspace.set(key, { value, expiresAtMs });
      }
      if (options.get) return old?.value;
      return blocked ? undefined : OK;
    },
  },
  remove('del'),
  remove('unlink'),
  {
    name: 'exists',
    arity: -2,
    categories: READ_KEY,
    keys: 'all',
    run: (context, keys) => keys.filter(key => lookUp(context, key)).length,
  },
  {
    name: 'type',
    arity: 2,
    categories: READ_KEY,
    keys: 'first',
    run: ({ keyspace, nowMs }, [key]) =>
      new SimpleString(keyspace.get(key, nowMs) ? 'string' : 'none'),
  },
  ttl('ttl', 1000),
  ttl('pttl', 1),
  expireCommand('expire', { unitMs: 1000, absolute: false }),
  expireCommand('pexpire', { unitMs: 1, absolute: false }),
  expireCommand('expireat', { unitMs: 1000, absolute: true }),
  expireCommand('pexpireat', { unitMs: 1, absolute: true }),
  {
    name: 'persist',
    arity: 2,
    categories: WRITE_KEY,
    keys: 'first',
    run({ keyspace, nowMs }, [key]) {
      const stored = keyspace.get(key, nowMs);
      if (stored?.expiresAtMs === undefined) return 0;
      keyspace.set(key, { value: stored.value });
      return 1;
    },
  },
  {
    name: 'dbsize',
    arity: 1,
    categories: ['keyspace', 'read', 'fast'],
    run: ({ keyspace }) => keyspace.size,
  },
  {
    name: 'scan',
    arity: -2,
    categories: ['keyspace', 'read', 'slow'],
    run: scan,
  },
  {
    name: 'flushdb',
    arity: -1,
    categories: ['keyspace', 'write', 'slow', 'dangerous'],
    run({ keyspace }) {
      keyspace.clear();
      return OK;
    },
  },
  {
    name: 'memory|usage',
    arity: -3,
    categories: ['read', 'slow'],
    keys: 'first',
    run({ keyspace, nowMs }, [key, option, samples]) {
      if (option !== undefined) {
        if (option.toLowerCase() !== 'samples' || samples === undefined) {
          throw new RedisError('ERR syntax error');
        }
        readInteger(samples);
      }
      return keyspace.memoryOf(key, nowMs);
    },
  },
];

function scan({ keyspace, nowMs }: CommandContext, args: readonly string[]) {
  const [cursor, ...words] = args;
  if (!/^\d{1,20}$/.test(cursor)) throw new RedisError('ERR invalid cursor');
  let count = 10;
  let match: RegExp | undefined;
  let type = 'string';
  for (let index = 0; index < words.length; index += 2) {
    const option = words[index].toLowerCase();
    const value = words[index + 1];
    if (value === undefined) throw new RedisError('ERR syntax error');
    if (option === 'count') {
      count = readInteger(value);
      if (count < 1) throw new RedisError('ERR syntax error');
    } else if (option === 'match') match = globPattern(value);
    else if (option === 'type') type = value.toLowerCase();
    else throw new RedisError('ERR syntax error');
  }
  const step = keyspace.scan(Number(BigInt(cursor) & 0xffffffffn), count);
  const keys = step.keys.filter(
    key =>
      (!match || match.test(key)) &&
      type === 'string' &&
      keyspace.get(key, nowMs),
  );
  return [String(step.cursor), keys];
}
