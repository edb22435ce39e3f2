import type { Config } from '@backstage/config';
import { readWholeNumber } from '../shared/readWholeNumber';

export interface MetricsCollectorConfig {
  /** Alerts of one server that are kept, those that fire first. */
  readonly maxAlerts: number;
  /** Scrape targets of one server that are kept, those that are down first. */
  readonly maxTargets: number;
}

/**
 * Reads `lakehouse.collectors.metrics`.
 *
 * @throws InputError when a number is out of bounds
 */
export function readMetricsCollectorConfig(
  config: Config,
): MetricsCollectorConfig {
  const key = 'lakehouse.collectors.metrics';
  return {
    maxAlerts: readWholeNumber(config, {
      key: `${key}.maxAlerts`,
      otherwise: 500,
      max: 5000,
    }),
    maxTargets: readWholeNumber(config, {
      key: `${key}.maxTargets`,
      otherwise: 500,
      max: 5000,
    }),
  };
}
