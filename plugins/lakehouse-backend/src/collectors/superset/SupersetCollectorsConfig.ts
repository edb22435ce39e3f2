import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const MODES = ['off', 'sample', 'all'] as const;

/** What is asked about dashboards and alerts, and how much of it. */
export interface SupersetCollectorsConfig {
  /** Which charts are asked whether they are cached: none, a few at each round, or all. */
  readonly chartCache: (typeof MODES)[number];
  /** How many at each round, with `sample`. */
  readonly chartCacheSample: number;
  /** How long a chart that was not cached is not asked again: asking runs its query. */
  readonly chartCacheRecheckMs: number;
  /** Alerts whose details and log are read at one round, at most. */
  readonly maxAlertDetails: number;
  /** All lists are read again after so long although nothing seems to have changed. */
  readonly refreshAfterMs: number;
}

/**
 * Reads `lakehouse.collectors.dashboards`.
 *
 * @throws InputError that names the field
 */
export function readSupersetCollectorsConfig(
  rootConfig: Config,
): SupersetCollectorsConfig {
  const at = 'lakehouse.collectors.dashboards';
  const config = rootConfig.getOptionalConfig(at);
  const text = config?.getOptionalString('chartCache') ?? 'off';
  const chartCache = MODES.find(mode => mode === text);
  if (!chartCache) {
    throw new InputError(
      `${at}.chartCache is '${text}'. Use one of ${MODES.join(', ')}.`,
    );
  }
  const count = (key: string, otherwise: number) => {
    const value = config?.getOptionalNumber(key) ?? otherwise;
    if (!Number.isInteger(value) || value < 1 || value > 1000) {
      throw new InputError(
        `${at}.${key} is ${value}. Write a whole number from 1 to 1000, or leave it out for ${otherwise}.`,
      );
    }
    return value;
  };
  const ms = (key: string, otherwise: number) =>
    config?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(config, { key }))
      : otherwise;
  return {
    chartCache,
    chartCacheSample: count('chartCacheSample', 5),
    chartCacheRecheckMs: ms('chartCacheRecheck', 3_600_000),
    maxAlertDetails: count('maxAlertDetails', 50),
    refreshAfterMs: ms('refreshAfter', 1_800_000),
  };
}
