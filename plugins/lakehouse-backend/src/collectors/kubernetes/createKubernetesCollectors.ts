import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { KubernetesConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { readWorkloadsCollectorConfig } from './readWorkloadsCollectorConfig';
import { WorkloadsCollector } from './WorkloadsCollector';

/** All collectors of one Kubernetes connection. */
export function createKubernetesCollectors(options: {
  connection: KubernetesConnection;
  store: Pick<ObservationStore, 'workloads'>;
  config: RootConfigService;
  logger: LoggerService;
  now?: () => number;
}): Collector[] {
  const { connection, store, logger } = options;
  if (connection.workloads.length === 0) {
    logger.warn(
      `Kubernetes connection '${connection.id}' names no workloads, so nothing is collected from it. Name them under lakehouse.kubernetes.connections[].workloads.`,
    );
    return [];
  }
  return [
    WorkloadsCollector.create({
      connection,
      store,
      config: readWorkloadsCollectorConfig(options.config),
      now: options.now ?? Date.now,
    }),
  ];
}
