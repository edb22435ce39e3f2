import type { CommandCounter } from './CommandCounter';

/** The promise of a command for which its reply is waited for. */
const OBSERVED = Symbol('lakehouse-ops.cache-telemetry');

/** What is used of a command of ioredis. @public */
export interface RedisClientCommand {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly promise: Promise<unknown>;
  /** Within MULTI: its reply comes with that of EXEC. */
  readonly inTransaction?: boolean;
  /** Ours. */
  [OBSERVED]?: Promise<unknown>;
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
    ...rest: unknown[]
  ): unknown;
}

const ignore = () => {};

/**
 * Counts the commands of one client, with their keys.
 *
 * @returns what ends it
 */
export function observeClient(
  client: RedisClient,
  counter: CommandCounter,
): () => void {
  const { sendCommand } = client;
  const ownBefore = Object.prototype.hasOwnProperty.call(client, 'sendCommand');
  const transactions = new WeakMap<object, RedisClientCommand[]>();
  let ended = false;

  const observed: RedisClient['sendCommand'] = (command, stream, ...rest) => {
    const sent = sendCommand.call(client, command, stream, ...rest);
    if (!ended) observe(command, stream);
    return sent;
  };
  client.sendCommand = observed;
  return () => {
    ended = true;
    // Someone else may have wrapped it since: then it stays and does nothing.
    if (client.sendCommand !== observed) return;
    if (ownBefore) client.sendCommand = sendCommand;
    else Reflect.deleteProperty(client, 'sendCommand');
  };

  function observe(command: RedisClientCommand, stream: object | undefined) {
    const { name, args, promise, inTransaction } = command;
    const isExec = name === 'exec' && stream !== undefined;
    if (!isExec && !inTransaction && !counter.counts(name)) return;
    // What waited for a connection, or was cut off, is sent again: the same
    // promise is counted once. A mark on the command costs less than a WeakSet.
    if (command[OBSERVED] === promise) return;
    command[OBSERVED] = promise;
    if (isExec) countTransaction(command, stream);
    else if (inTransaction && stream) holdBack(command, stream);
    else promise.then(reply => counter.count(name, args, reply), ignore);
  }

  function holdBack(command: RedisClientCommand, stream: object) {
    if (command.name === 'multi') return;
    const held = transactions.get(stream);
    if (held) held.push(command);
    else transactions.set(stream, [command]);
  }

  function countTransaction(exec: RedisClientCommand, stream: object) {
    const held = transactions.get(stream) ?? [];
    transactions.delete(stream);
    exec.promise.then(replies => {
      // Null when a watched key was changed: nothing was done.
      if (!Array.isArray(replies)) return;
      for (const [index, { name, args }] of held.entries()) {
        if (!(replies[index] instanceof Error)) {
          counter.count(name, args, replies[index]);
        }
      }
    }, ignore);
  }
}
