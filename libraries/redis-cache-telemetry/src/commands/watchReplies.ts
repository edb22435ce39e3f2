import type { CommandCounter } from './CommandCounter';
import type { RedisClientCommand } from './observeClient';

/** Who counts a command. */
export const COUNTER = Symbol('lakehouse-ops.cache-telemetry.counter');

/** A command that may be marked. */
export interface CountedCommand extends RedisClientCommand {
  [COUNTER]?: CommandCounter;
}

const QUEUED = 'QUEUED';
const watched = new WeakSet<object>();
let lastWatched: object | undefined;

/**
 * Has the replies to all commands of the same class looked at, as ioredis makes
 * them into what the application gets: once for a command, and within a
 * transaction once more with what EXEC answered.
 *
 * @returns false when this ioredis is not built that way
 */
export function watchReplies(command: CountedCommand): boolean {
  const prototype: unknown = Object.getPrototypeOf(command);
  if (typeof prototype !== 'object' || prototype === null) return false;
  if (prototype === lastWatched || watched.has(prototype)) return true;
  const transformReply: unknown = Reflect.get(prototype, 'transformReply');
  if (typeof transformReply !== 'function') return false;
  Reflect.set(
    prototype,
    'transformReply',
    function count(this: CountedCommand, reply: unknown): unknown {
      const transformed: unknown = transformReply.call(this, reply);
      const counter = this[COUNTER];
      if (counter && !isQueued(this, transformed)) {
        counter.count(this.name, this.args, transformed);
      }
      return transformed;
    },
  );
  watched.add(prototype);
  lastWatched = prototype;
  return true;
}

/** The reply comes with that of EXEC. */
function isQueued(command: CountedCommand, reply: unknown): boolean {
  if (!command.inTransaction) return false;
  return Buffer.isBuffer(reply)
    ? reply.equals(Buffer.from(QUEUED))
    : reply === QUEUED;
}
