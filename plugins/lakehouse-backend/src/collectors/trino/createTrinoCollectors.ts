import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { ClusterCollector } from './ClusterCollector';
import type { PrepareQueryText } from './queries/toQueryRecord';
import { QueryPollCollector } from './QueryPollCollector';
import { ResourceGroupRoots } from './ResourceGroupRoots';
import { TableHealthCollector } from './TableHealthCollector';
import { TableRequestCollector } from './TableRequestCollector';
import { TableInspector } from './tables/TableInspector';
import type { TrinoCollectorsConfig } from './TrinoCollectorsConfig';

export interface TrinoCollectors {
  readonly collectors: Collector[];
  readonly tables: {
    /** The table changed: inspect it soon, without waiting for the next sweep. */
    requestInspection(ref: TableRef): void;
  };
}

/** All collectors of one Trino connection. */
export function createTrinoCollectors(options: {
  connection: TrinoConnection;
  store: Pick<
    ObservationStore,
    'liveQueryIds' | 'knownTables' | 'table' | 'lastAnalyzed'
  >;
  config: TrinoCollectorsConfig;
  logger: LoggerService;
  prepareQueryText: PrepareQueryText;
  now?: () => number;
}): TrinoCollectors {
  const { connection, store, config, logger, prepareQueryText } = options;
  const now = options.now ?? Date.now;
  const roots = ResourceGroupRoots.create();
  const inspector = TableInspector.create({
    connection,
    store,
    config: config.tables,
    now,
  });
  const requests = TableRequestCollector.create({
    connection,
    store,
    inspector,
    config: config.tables,
    now,
  });
  return {
    collectors: [
      QueryPollCollector.create({
        connection,
        store,
        config: config.queries,
        prepareQueryText,
        roots,
        now,
      }),
      ClusterCollector.create({ connection, roots, now }),
      TableHealthCollector.create({
        connection,
        store,
        inspector,
        config: config.tables,
        logger,
        now,
      }),
      requests,
    ],
    tables: { requestInspection: ref => requests.requestInspection(ref) },
  };
}
