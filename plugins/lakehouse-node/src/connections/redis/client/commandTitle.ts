import type { RedisArgument } from '../RedisReply';

/** Commands whose first argument is a part of their name. */
const CONTAINERS = new Set([
  'ACL',
  'CLIENT',
  'CLUSTER',
  'COMMAND',
  'CONFIG',
  'FUNCTION',
  'LATENCY',
  'MEMORY',
  'MODULE',
  'OBJECT',
  'PUBSUB',
  'SCRIPT',
  'SENTINEL',
  'SLOWLOG',
  'XGROUP',
  'XINFO',
]);

/** A command as people write it, without what could be a key or a value: `CONFIG GET`. */
export function commandTitle(
  name: string,
  args: readonly RedisArgument[],
): string {
  const command = name.toUpperCase();
  return CONTAINERS.has(command) && typeof args[0] === 'string'
    ? `${command} ${args[0].toUpperCase()}`
    : command;
}
