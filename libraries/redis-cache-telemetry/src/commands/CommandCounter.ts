import type { CacheCounters } from '../counting/CacheCounters';
import type { CacheCommand } from './cacheCommands';
import { isMiss } from './isMiss';
import { isQueued } from './isQueued';

/** What ioredis puts in place of arguments that it hides from diagnostics channels. */
const HIDDEN = '?';

/** Turns commands and their replies into counts. Looks at replies, never keeps them. */
export class CommandCounter {
  readonly #counters: CacheCounters;

  static create(counters: CacheCounters): CommandCounter {
    return new CommandCounter(counters);
  }

  private constructor(counters: CacheCounters) {
    this.#counters = counters;
  }

  /** A command can't be counted. */
  missed() {
    this.#counters.unattributed(1);
  }

  /** Never throws. */
  count(command: CacheCommand, args: readonly unknown[], reply: unknown) {
    try {
      if (isQueued(reply)) this.#counters.unattributed(1);
      else this.#count(command, args, reply);
    } catch {
      // The application must not suffer from what can't be counted; it is told as such.
      this.#counters.unattributed(1);
    }
  }

  #count(command: CacheCommand, args: readonly unknown[], reply: unknown) {
    if (command.kind === 'write' && command.wrote?.(reply, args) === false) {
      return;
    }
    if (command.keys === 'first') {
      this.#countKey(command, args[0], reply);
      return;
    }
    const step = command.keys === 'all' ? 1 : 2;
    for (let index = 0; index < args.length; index += step) {
      const ofKey =
        command.replyPerKey && Array.isArray(reply) ? reply[index] : reply;
      this.#countKey(command, args[index], ofKey);
    }
  }

  #countKey(command: CacheCommand, argument: unknown, reply: unknown) {
    const key = typeof argument === 'string' ? argument : String(argument);
    if (key === HIDDEN) {
      this.#counters.unattributed(1);
    } else if (command.kind === 'write') {
      this.#counters.written(key);
    } else if (command.kind === 'delete') {
      this.#counters.deleted(key);
    } else if (isMiss(reply)) {
      this.#counters.missed(key);
    } else {
      this.#counters.hit(key);
      if (command.kind === 'read-and-delete') this.#counters.deleted(key);
    }
  }
}
