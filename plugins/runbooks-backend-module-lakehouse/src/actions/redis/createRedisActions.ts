import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { RedisActionOptions } from './actionContext';
import { createCheckCacheAction } from './createCheckCacheAction';
import { createExpireKeysAction } from './createExpireKeysAction';
import { createFlushKeysAction } from './createFlushKeysAction';
import { createInspectPrefixAction } from './createInspectPrefixAction';

/** All actions on Redis. */
export function createRedisActions(
  options: RedisActionOptions,
): RunbookAction[] {
  return [
    createFlushKeysAction(options),
    createExpireKeysAction(options),
    createInspectPrefixAction(options),
    createCheckCacheAction(options),
  ];
}
