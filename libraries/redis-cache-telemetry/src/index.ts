/**
 * Counts what an application does with its Redis cache.
 *
 * @packageDocumentation
 */

export type { RedisClient, RedisClientCommand } from './commands/observeClient';
export { CACHE_FILL_BOUNDS_MS } from './counting/Counts';
export { OTHER_PREFIXES } from './counting/PrefixTable';
export * from './instrumentCache';
export type { MetricsRegistry } from './metrics/registerMetrics';
export { defaultPrefixOf } from './prefix/defaultPrefixOf';
export type * from './push/CacheTelemetryReport';
