import type { RedisConnections } from '@lakehouse-ops/plugin-lakehouse-node';

/** What the Redis actions work with. */
export interface RedisActionOptions {
  readonly connections: RedisConnections;
  /** Told after an action may have changed a cache. Never fails. */
  readonly connectionChanged: (connection: string) => void;
}
