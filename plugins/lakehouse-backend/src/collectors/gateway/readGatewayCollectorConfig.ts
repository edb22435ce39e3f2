import type { Config } from '@backstage/config';
import { readWholeNumber } from '../shared/readWholeNumber';

export interface GatewayCollectorConfig {
  /** Ways of queries that are read at a round; older ones are missed. */
  readonly maxRoutes: number;
}

/**
 * Reads `lakehouse.collectors.gateway`.
 *
 * @throws InputError when a number is out of bounds
 */
export function readGatewayCollectorConfig(
  config: Config,
): GatewayCollectorConfig {
  return {
    maxRoutes: readWholeNumber(config, {
      key: 'lakehouse.collectors.gateway.maxRoutes',
      otherwise: 1000,
      max: 5000,
    }),
  };
}
