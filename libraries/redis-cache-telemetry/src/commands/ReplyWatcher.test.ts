import { CacheCounters } from '../counting/CacheCounters';
import { CommandCounter } from './CommandCounter';
import { type CountedCommand, ReplyWatcher } from './ReplyWatcher';

const asItIs = (reply: unknown) => reply;

function command(
  name: string,
  args: readonly unknown[],
  overrides: Partial<CountedCommand> = {},
): CountedCommand {
  // As in ioredis, all have the same function until one is given its own.
  return { name, args, transformReply: asItIs, ...overrides };
}

function setUp() {
  const counters = CacheCounters.create({
    prefixOf: key => `${key.split(':')[0]}:`,
    maxPrefixes: 10,
    maxKeysInFlight: 10,
    fillTimeoutMs: 60_000,
    nowMs: () => 0,
  });
  const watcher = ReplyWatcher.create(CommandCounter.create(counters));
  return {
    watch: (...commands: CountedCommand[]) => {
      commands.forEach(each => watcher.watch(each));
      return commands;
    },
    reply: (to: CountedCommand, reply: unknown) => to.transformReply?.(reply),
    /** Hits, misses, writes, deletes. */
    of: (prefix: string) => {
      const use = counters
        .totals()
        .prefixes.find(one => one.prefix === prefix)?.counts;
      return use && [use.hits, use.misses, use.writes, use.deletes];
    },
    unattributed: () => counters.totals().unattributed,
  };
}

describe('ReplyWatcher', () => {
  it('counts each of several commands that wait, by its own key and reply', () => {
    const { watch, reply, of } = setUp();
    const [one, two, three, four] = watch(
      command('get', ['a:1']),
      command('get', ['b:1']),
      command('set', ['b:2', 'x']),
      command('get', ['a:2']),
    );
    expect(reply(four, 'x')).toBe('x');
    expect(reply(two, null)).toBeNull();
    reply(three, 'OK');
    reply(one, null);
    expect(of('a:')).toEqual([1, 1, 0, 0]);
    expect(of('b:')).toEqual([0, 1, 1, 0]);
  });

  it('hands on what ioredis makes of a reply, and counts by that', () => {
    const { watch, reply, of } = setUp();
    const [all] = watch(
      command('hgetall', ['a:1'], { transformReply: () => ({}) }),
    );
    expect(reply(all, ['told', 'flat'])).toEqual({});
    expect(of('a:')).toEqual([0, 1, 0, 0]);
  });

  it('counts nothing of a reply that ioredis can not read, and hands the error on', () => {
    const { watch, reply, of, unattributed } = setUp();
    const [broken] = watch(
      command('get', ['a:1'], {
        transformReply: () => {
          throw new Error('not to be read');
        },
      }),
    );
    expect(() => reply(broken, 'x')).toThrow('not to be read');
    expect([of('a:'), unattributed()]).toEqual([undefined, 0]);
  });

  it('counts once what is sent again, also after others', () => {
    const { watch, reply, of, unattributed } = setUp();
    const [again] = watch(command('get', ['a:1']));
    reply(watch(command('get', ['a:2']))[0], 'x');
    watch(again, again);
    reply(again, 'x');
    expect(of('a:')).toEqual([2, 0, 0, 0]);
    expect(unattributed()).toBe(0);
  });

  it('gives all commands of a name one function', () => {
    const { watch } = setUp();
    const [one, two, other] = watch(
      command('get', ['a:1']),
      command('get', ['a:2']),
      command('set', ['a:1', 'x']),
    );
    expect(one.transformReply).toBe(two.transformReply);
    expect(one.transformReply).not.toBe(other.transformReply);
  });

  it('touches no command that tells nothing of a cache', () => {
    const { watch, unattributed } = setUp();
    const [push] = watch(command('lpush', ['a:1', 'x']));
    expect(push.transformReply).toBe(asItIs);
    expect(unattributed()).toBe(0);
  });

  it('tells of commands whose replies can not be looked at', () => {
    const { watch, unattributed } = setUp();
    watch(
      command('get', ['a:1'], { transformReply: undefined }),
      command('get', ['a:2'], { transformReply: undefined }),
    );
    expect(unattributed()).toBe(2);
  });

  it.each([
    ['text', 'QUEUED'],
    ['bytes', Buffer.from('QUEUED')],
  ])(
    'waits for the reply of EXEC when it is queued, told as %s',
    (_, queued) => {
      const { watch, reply, of, unattributed } = setUp();
      const [read, several] = watch(
        command('get', ['a:1'], { inTransaction: true }),
        command('mget', ['a:2', 'b:1'], { inTransaction: true }),
      );
      reply(read, queued);
      reply(several, queued);
      expect([of('a:'), of('b:'), unattributed()]).toEqual([
        undefined,
        undefined,
        0,
      ]);
      reply(read, 'x');
      reply(several, [null, 'x']);
      expect(of('a:')).toEqual([1, 1, 0, 0]);
      expect(of('b:')).toEqual([1, 0, 0, 0]);
    },
  );

  it.each([
    ['text', 'QUEUED'],
    ['bytes', Buffer.from('QUEUED')],
  ])(
    'takes no queued command for a hit whose transaction ioredis does not know of, told as %s',
    (_, queued) => {
      const { watch, reply, of, unattributed } = setUp();
      reply(watch(command('get', ['a:1']))[0], queued);
      expect([of('a:'), unattributed()]).toEqual([undefined, 1]);
    },
  );
});
