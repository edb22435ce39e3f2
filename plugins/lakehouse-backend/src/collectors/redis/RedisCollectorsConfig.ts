import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

const KEY = 'lakehouse.collectors.cache';

export interface KeyspaceConfig {
  /** How often a part of the keys is looked at. */
  readonly everyMs: number;
  /** How long one such part may take. */
  readonly timeBudgetMs: number;
  /** Keys of one part. */
  readonly maxKeys: number;
  /** MEMORY USAGE is asked of one in so many keys. */
  readonly memoryOneIn: number;
}

export interface StampedesConfig {
  readonly everyMs: number;
  /** So many concurrent misses of one key are a stampede. */
  readonly concurrentMisses: number;
}

export interface RedisCollectorsConfig {
  readonly keyspace: KeyspaceConfig;
  readonly stampedes: StampedesConfig;
}

/**
 * Reads `keyspace` and `stampedes` of `lakehouse.collectors.cache`.
 *
 * @throws InputError when a number is out of bounds
 */
export function readRedisCollectorsConfig(
  rootConfig: Config,
): RedisCollectorsConfig {
  const config = rootConfig.getOptionalConfig(KEY);
  return {
    keyspace: {
      everyMs: readMs(config, 'keyspace.every', { minutes: 1 }),
      timeBudgetMs: Math.min(
        readMs(config, 'keyspace.timeBudget', { seconds: 15 }),
        // A round of this kind of collector is ended after 30 seconds.
        25_000,
      ),
      maxKeys: readCount(config, 'keyspace.maxKeys', {
        otherwise: 50_000,
        max: 10_000_000,
      }),
      memoryOneIn: readCount(config, 'keyspace.memoryOneIn', {
        otherwise: 20,
        max: 100_000,
      }),
    },
    stampedes: {
      everyMs: readMs(config, 'stampedes.every', { seconds: 10 }),
      concurrentMisses: readCount(config, 'stampedes.concurrentMisses', {
        otherwise: 5,
        max: 100_000,
      }),
    },
  };
}

function readMs(
  config: Config | undefined,
  key: string,
  otherwise: HumanDuration,
): number {
  const ms = durationToMilliseconds(
    config?.has(key) ? readDurationFromConfig(config, { key }) : otherwise,
  );
  if (!(ms > 0)) {
    throw new InputError(`${KEY}.${key} must be longer than nothing.`);
  }
  return ms;
}

function readCount(
  config: Config | undefined,
  key: string,
  { otherwise, max }: { otherwise: number; max: number },
): number {
  const count = config?.getOptionalNumber(key) ?? otherwise;
  if (!Number.isInteger(count) || count < 1 || count > max) {
    throw new InputError(
      `${KEY}.${key} is ${count}. Write a whole number from 1 to ${max}, or leave it out for ${otherwise}.`,
    );
  }
  return count;
}
