import type { CommandCounter } from './CommandCounter';
import { type CountedCommand, ReplyWatcher } from './ReplyWatcher';

/** What is used of a command of ioredis. @public */
export interface RedisClientCommand {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Within MULTI: its reply comes with that of EXEC. */
  readonly inTransaction?: boolean;
}

/**
 * What is used of a client: `Redis` and `Cluster` of ioredis have it.
 *
 * @public
 */
export interface RedisClient {
  sendCommand(
    command: RedisClientCommand,
    stream?: object,
    node?: unknown,
  ): unknown;
}

/**
 * Counts the commands of one client, with their keys. Commands are marked as
 * they are sent and counted as their replies are read, which costs less than
 * waiting for a promise, and counts once what is sent again.
 *
 * @returns what ends it
 */
export function observeClient(
  client: RedisClient,
  counter: CommandCounter,
): () => void {
  const { sendCommand } = client;
  const ownBefore = Object.prototype.hasOwnProperty.call(client, 'sendCommand');
  const watcher = ReplyWatcher.create(counter);
  let ended = false;

  const observed: RedisClient['sendCommand'] = (
    command: CountedCommand,
    stream,
    node,
  ) => {
    if (!ended) watcher.watch(command);
    return sendCommand.call(client, command, stream, node);
  };
  client.sendCommand = observed;
  return () => {
    ended = true;
    // Someone else may have wrapped it since: then it stays and does nothing.
    if (client.sendCommand !== observed) return;
    if (ownBefore) client.sendCommand = sendCommand;
    else Reflect.deleteProperty(client, 'sendCommand');
  };
}
