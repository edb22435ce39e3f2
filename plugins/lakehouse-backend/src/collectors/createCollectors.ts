import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { prepareQueryText } from '../ingest/queryText';
import type { ObservationStore } from '../observations/ObservationStore';
import type { LakehouseConnections } from '../systems/registerSystems';
import type { Collector } from './Collector';
import { createKubernetesCollectors } from './kubernetes';
import type { TableInspections } from './subscribeToTableChanges';
import { createTrinoCollectors, readTrinoCollectorsConfig } from './trino';

/** The collectors of all connections, and whom to ask for a look at a table, by connection. */
export function createCollectors(options: {
  connections: LakehouseConnections;
  store: ObservationStore;
  config: RootConfigService;
  maxTextLength: number;
  logger: LoggerService;
}): {
  collectors: Collector[];
  inspectors: ReadonlyMap<string, TableInspections>;
} {
  const { connections, maxTextLength, ...shared } = options;
  const trinoConfig = readTrinoCollectorsConfig(shared.config);
  const trino = connections.trino.list().map(connection => ({
    connection,
    ...createTrinoCollectors({
      ...shared,
      connection,
      config: trinoConfig,
      prepareQueryText: text => prepareQueryText(text, maxTextLength),
    }),
  }));
  return {
    collectors: [
      ...trino.flatMap(({ collectors }) => collectors),
      ...connections.kubernetes
        .list()
        .flatMap(connection =>
          createKubernetesCollectors({ ...shared, connection }),
        ),
    ],
    inspectors: new Map(
      trino.map(({ connection, tables }) => [connection.id, tables]),
    ),
  };
}
