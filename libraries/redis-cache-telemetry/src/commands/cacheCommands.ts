/** What a command tells of a cache. */
export interface CacheCommand {
  readonly kind: 'read' | 'write' | 'delete' | 'read-and-delete';
  /** Which arguments are keys: the first, all, or every other one beginning with the first. */
  readonly keys: 'first' | 'all' | 'every-other';
  /** Of a read of several keys: the reply has one element for each. */
  readonly replyPerKey?: boolean;
  /** Of a write that may not happen: whether the reply says that it did. */
  readonly wrote?: (reply: unknown, args: readonly unknown[]) => boolean;
}

const repliedOne = (reply: unknown) => reply === 1;

function setWrote(reply: unknown, args: readonly unknown[]): boolean {
  if (reply !== null) return true;
  // Without GET, null says that NX or XX kept it from being written. With GET
  // it says that there was no value before, which is what NX asks for.
  const options = args.slice(2).map(arg => String(arg).toUpperCase());
  return options.includes('GET') && !options.includes('XX');
}

/**
 * Commands that read, write or delete cached values, by their name in lower
 * case. Commands on lists, sets and counters are not among them: what they
 * answer for a key that is not there can't be told from an empty one.
 */
export const CACHE_COMMANDS: ReadonlyMap<string, CacheCommand> = new Map<
  string,
  CacheCommand
>([
  ['get', { kind: 'read', keys: 'first' }],
  ['getex', { kind: 'read', keys: 'first' }],
  ['mget', { kind: 'read', keys: 'all', replyPerKey: true }],
  ['hget', { kind: 'read', keys: 'first' }],
  ['hmget', { kind: 'read', keys: 'first' }],
  ['hgetall', { kind: 'read', keys: 'first' }],
  ['json.get', { kind: 'read', keys: 'first' }],
  ['getdel', { kind: 'read-and-delete', keys: 'first' }],
  ['set', { kind: 'write', keys: 'first', wrote: setWrote }],
  ['setex', { kind: 'write', keys: 'first' }],
  ['psetex', { kind: 'write', keys: 'first' }],
  ['setnx', { kind: 'write', keys: 'first', wrote: repliedOne }],
  ['getset', { kind: 'write', keys: 'first' }],
  ['mset', { kind: 'write', keys: 'every-other' }],
  ['msetnx', { kind: 'write', keys: 'every-other', wrote: repliedOne }],
  ['hset', { kind: 'write', keys: 'first' }],
  ['hmset', { kind: 'write', keys: 'first' }],
  ['hsetnx', { kind: 'write', keys: 'first', wrote: repliedOne }],
  ['json.set', { kind: 'write', keys: 'first' }],
  ['del', { kind: 'delete', keys: 'all' }],
  ['unlink', { kind: 'delete', keys: 'all' }],
]);
