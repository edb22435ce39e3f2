import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { GatewayCollector } from './GatewayCollector';
import { readGatewayCollectorConfig } from './readGatewayCollectorConfig';

/** All collectors of one Trino Gateway. */
export function createGatewayCollectors(options: {
  connection: GatewayConnection;
  store: Pick<ObservationStore, 'gateways' | 'timeline'>;
  config: RootConfigService;
  logger: LoggerService;
  now?: () => number;
}): Collector[] {
  const { connection, store } = options;
  return [
    GatewayCollector.create({
      connection,
      store,
      config: readGatewayCollectorConfig(options.config),
      now: options.now ?? Date.now,
    }),
  ];
}
