import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { PrometheusConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { MetricsCollector } from './MetricsCollector';
import { readMetricsCollectorConfig } from './readMetricsCollectorConfig';

/** All collectors of one Prometheus connection. */
export function createPrometheusCollectors(options: {
  connection: PrometheusConnection;
  store: Pick<ObservationStore, 'metrics'>;
  config: RootConfigService;
  logger: LoggerService;
  now?: () => number;
}): Collector[] {
  const { connection, store } = options;
  return [
    MetricsCollector.create({
      connection,
      store,
      config: readMetricsCollectorConfig(options.config),
      now: options.now ?? Date.now,
    }),
  ];
}
