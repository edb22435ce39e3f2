import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { SupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { SupersetAlertsCollector } from './SupersetAlertsCollector';
import { readSupersetCollectorsConfig } from './SupersetCollectorsConfig';
import { SupersetDashboardsCollector } from './SupersetDashboardsCollector';

/**
 * All collectors of one Superset connection.
 *
 * @throws InputError when `lakehouse.collectors.dashboards` can't be used
 */
export function createSupersetCollectors(options: {
  connection: SupersetConnection;
  store: Pick<ObservationStore, 'table'>;
  config: RootConfigService;
  logger: LoggerService;
  now?: () => number;
}): Collector[] {
  const { connection, store } = options;
  const now = options.now ?? Date.now;
  const config = readSupersetCollectorsConfig(options.config);
  return [
    SupersetAlertsCollector.create({ connection, config, now }),
    SupersetDashboardsCollector.create({ connection, store, config, now }),
  ];
}
