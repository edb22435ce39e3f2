import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { lakehousePermissions } from '@lakehouse-ops/plugin-lakehouse-common';
import { trinoConnectionsServiceRef } from '@lakehouse-ops/plugin-lakehouse-node';
import { ChangeNotifier } from './collectors/ChangeNotifier';
import { CollectorRunner } from './collectors/CollectorRunner';
import {
  subscribeToTableChanges,
  type TableInspections,
} from './collectors/subscribeToTableChanges';
import {
  createTrinoCollectors,
  readTrinoCollectorsConfig,
} from './collectors/trino';
import { readLakehouseConfig } from './config/readLakehouseConfig';
import { createIngestRouter } from './ingest/createIngestRouter';
import { IngestEffects } from './ingest/IngestEffects';
import { IngestQueue } from './ingest/IngestQueue';
import { prepareQueryText } from './ingest/queryText';
import { TableChangePublisher } from './ingest/TableChangePublisher';
import { DatabaseObservationStore } from './observations/DatabaseObservationStore';
import { StorageOutages } from './observations/StorageOutages';
import {
  isConnection,
  lakehouseConnectionPermissionResourceRef,
} from './permissions/connectionResource';
import { scheduleRetention } from './pruning/scheduleRetention';
import { ConnectionAccess } from './routes/ConnectionAccess';
import { createRouter } from './routes/createRouter';

/**
 * Collects, stores and serves what the lakehouses of the config are doing.
 *
 * @public
 */
export const lakehousePlugin = createBackendPlugin({
  pluginId: 'lakehouse',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        connections: trinoConnectionsServiceRef,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({ connections, logger, scheduler, httpAuth, ...deps }) {
        const config = readLakehouseConfig(deps.config);
        const collectorsConfig = readTrinoCollectorsConfig(deps.config);
        const known = new Map(connections.list().map(c => [c.id, c]));
        const ownSources = new Map(
          connections.list().map(({ id, source }) => [id, source]),
        );
        const store = await DatabaseObservationStore.create({
          database: deps.database,
          ownSources,
        });
        const outages = new StorageOutages();
        const notifier = ChangeNotifier.create({
          signals: deps.signals,
          logger,
        });
        deps.lifecycle.addShutdownHook(() => notifier.close());

        deps.permissionsRegistry.addResourceType({
          resourceRef: lakehouseConnectionPermissionResourceRef,
          permissions: lakehousePermissions,
          rules: [isConnection],
          getResources: async refs =>
            refs.map(id => (known.has(id) ? { id } : undefined)),
        });

        const effects = IngestEffects.create({
          store,
          outages,
          notifier,
          publisher: TableChangePublisher.create({
            events: deps.events,
            logger,
          }),
          ownSources,
          logger,
        });
        deps.httpRouter.use(
          createIngestRouter({
            connectionIds: new Set(known.keys()),
            queue: IngestQueue.create({
              store,
              limits: config.ingest,
              onCommitted: batch => effects.committed(batch),
              onFailed: (batch, error) => effects.failed(batch, error),
            }),
            httpAuth,
            maxBodyBytes: config.ingest.maxBodyBytes,
            maxTextLength: config.maxTextLength,
          }),
        );
        deps.httpRouter.use(
          createRouter({
            connections,
            store,
            outages,
            access: ConnectionAccess.create({
              httpAuth,
              permissions: deps.permissions,
              auditor: deps.auditor,
            }),
            config,
            logger,
          }),
        );

        const runner = CollectorRunner.create({
          store,
          notifier,
          outages,
          logger,
        });
        const inspectors = new Map<string, TableInspections>();
        for (const connection of connections.list()) {
          const { collectors, tables } = createTrinoCollectors({
            connection,
            store,
            config: collectorsConfig,
            logger,
            prepareQueryText: text =>
              prepareQueryText(text, config.maxTextLength),
          });
          inspectors.set(connection.id, tables);
          for (const collector of collectors) {
            await runner.schedule(collector, {
              scheduler,
              schedule: config.schedules[collector.kind],
            });
          }
        }
        await subscribeToTableChanges({
          events: deps.events,
          inspectors,
          logger,
        });
        await scheduleRetention({
          store,
          retentionDays: config.retentionDays,
          scheduler,
          logger,
        });
      },
    });
  },
});
