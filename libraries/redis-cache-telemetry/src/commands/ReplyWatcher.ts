import { CACHE_COMMANDS, type CacheCommand } from './cacheCommands';
import type { CommandCounter } from './CommandCounter';
import { isQueued } from './isQueued';
import type { RedisClientCommand } from './observeClient';

/** A command whose reply may be looked at. */
export interface CountedCommand extends RedisClientCommand {
  transformReply?: (reply: unknown) => unknown;
}

type TransformReply = NonNullable<CountedCommand['transformReply']>;

/**
 * Looks at replies as ioredis makes them into what the application gets: once
 * for a command, and within a transaction once more with what EXEC answered.
 * Commands of other clients are not touched.
 */
export class ReplyWatcher {
  readonly #counter: CommandCounter;
  /** By name of the command: one function for all, none is made for each. */
  readonly #watched = new Map<string, Watched>();

  static create(counter: CommandCounter): ReplyWatcher {
    return new ReplyWatcher(counter);
  }

  private constructor(counter: CommandCounter) {
    this.#counter = counter;
    for (const [name, command] of CACHE_COMMANDS) {
      this.#watched.set(name, { command });
    }
  }

  /** Has the reply of a command counted that is about to be sent, or sent again. */
  watch(command: CountedCommand) {
    const watched = this.#watched.get(command.name);
    if (!watched) return;
    const { transformReply } = command;
    if (transformReply === watched.counting) {
      // Sent again, unless ioredis is not built that way.
      if (!transformReply) this.#counter.missed();
      return;
    }
    if (typeof transformReply !== 'function') {
      this.#counter.missed();
      return;
    }
    if (transformReply !== watched.original || !watched.counting) {
      watched.original = transformReply;
      watched.counting = countingReplies({
        command: watched.command,
        counter: this.#counter,
        original: transformReply,
      });
    }
    command.transformReply = watched.counting;
  }
}

interface Watched {
  readonly command: CacheCommand;
  /** What ioredis does. */
  original?: TransformReply;
  /** The same, and counts. */
  counting?: TransformReply;
}

function countingReplies(options: {
  command: CacheCommand;
  counter: CommandCounter;
  original: TransformReply;
}): TransformReply {
  const { command, counter, original } = options;
  return function count(this: CountedCommand, reply: unknown): unknown {
    const transformed = original.call(this, reply);
    // Within a transaction the reply comes with that of EXEC.
    if (!this.inTransaction || !isQueued(transformed)) {
      counter.count(command, this.args, transformed);
    }
    return transformed;
  };
}
