import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { SystemConnections } from '@lakehouse-ops/plugin-lakehouse-node';
import { prepareQueryText } from '../ingest/queryText';
import type { ObservationStore } from '../observations/ObservationStore';
import type { LakehouseConnections } from '../systems/registerSystems';
import type { Collector } from './Collector';
import { createGatewayCollectors } from './gateway';
import { createKubernetesCollectors } from './kubernetes';
import { createPrometheusCollectors } from './prometheus';
import { createRedisCollectors } from './redis';
import type { TableInspections } from './subscribeToTableChanges';
import { createSupersetCollectors } from './superset';
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
  const eachOf = <C>(
    of: SystemConnections<C>,
    create: (one: typeof shared & { connection: C }) => Collector[],
  ) => of.list().flatMap(connection => create({ ...shared, connection }));
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
      ...eachOf(connections.redis, createRedisCollectors),
      ...eachOf(connections.superset, createSupersetCollectors),
      ...eachOf(connections.kubernetes, createKubernetesCollectors),
      ...eachOf(connections.prometheus, createPrometheusCollectors),
      ...eachOf(connections.gateway, createGatewayCollectors),
    ],
    inspectors: new Map(
      trino.map(({ connection, tables }) => [connection.id, tables]),
    ),
  };
}
