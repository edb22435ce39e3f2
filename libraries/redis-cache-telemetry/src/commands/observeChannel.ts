import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CACHE_COMMANDS } from './cacheCommands';
import type { CommandCounter } from './CommandCounter';

/** Of ioredis 5.9 and later: all clients of the process tell their commands here. */
const COMMAND_SETTLED = 'tracing:ioredis:command:asyncEnd';

/**
 * Counts the commands of all clients of the process, by Node's diagnostics
 * channel. ioredis hides the keys of MGET, HGET, HGETALL, UNLINK and of MSET
 * beyond the first there: these count as commands without a key.
 *
 * @returns what ends it
 */
export function observeChannel(counter: CommandCounter): () => void {
  subscribe(COMMAND_SETTLED, onSettled);
  return () => {
    unsubscribe(COMMAND_SETTLED, onSettled);
  };

  function onSettled(message: unknown) {
    if (
      typeof message !== 'object' ||
      message === null ||
      !('command' in message) ||
      typeof message.command !== 'string' ||
      !('args' in message) ||
      !Array.isArray(message.args) ||
      !('result' in message)
    ) {
      // Failed: it has an error instead of a result.
      return;
    }
    const command = CACHE_COMMANDS.get(message.command);
    if (command) counter.count(command, message.args, message.result);
  }
}
