import type { RedisMode } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ChangeCommands } from './changeKeys';

/**
 * UNLINK frees memory in the background, where DEL would keep other clients
 * waiting. In a cluster one command takes keys of one slot only, so there it is
 * one command a key; a single server takes a batch in one.
 */
export function unlinkCommands(mode: RedisMode): ChangeCommands {
  return mode === 'cluster'
    ? keys => keys.map(key => ({ name: 'UNLINK', args: [key], keys: 1 }))
    : keys => [{ name: 'UNLINK', args: keys, keys: keys.length }];
}
