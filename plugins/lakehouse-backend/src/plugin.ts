import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { lakehousePermissions } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  gatewayConnectionsServiceRef,
  kubernetesConnectionsServiceRef,
  prometheusConnectionsServiceRef,
  redisConnectionsServiceRef,
  supersetConnectionsServiceRef,
  trinoConnectionsServiceRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { ChangeNotifier } from './collectors/ChangeNotifier';
import { CollectorReruns } from './collectors/CollectorReruns';
import { CollectorRunner } from './collectors/CollectorRunner';
import { createCollectors } from './collectors/createCollectors';
import { subscribeToConnectionChanges } from './collectors/subscribeToConnectionChanges';
import { subscribeToTableChanges } from './collectors/subscribeToTableChanges';
import { readLakehouseConfig } from './config/readLakehouseConfig';
import { countIngest } from './figures/countIngest';
import { OwnFigures } from './figures/OwnFigures';
import { createCacheIngestRouter } from './ingest/cache';
import { createIngestRouter } from './ingest/createIngestRouter';
import { IngestEffects } from './ingest/IngestEffects';
import { IngestQueue } from './ingest/IngestQueue';
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
import { createSloModule } from './slo/createSloModule';
import { registerSystems } from './systems/registerSystems';

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
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        gateway: gatewayConnectionsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        kubernetes: kubernetesConnectionsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        prometheus: prometheusConnectionsServiceRef,
        redis: redisConnectionsServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        superset: supersetConnectionsServiceRef,
        trino: trinoConnectionsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({ logger, scheduler, httpAuth, ...deps }) {
        const config = readLakehouseConfig(deps.config);
        const { trino, redis, superset, kubernetes, prometheus, gateway } =
          deps;
        const connections = {
          trino,
          redis,
          superset,
          kubernetes,
          prometheus,
          gateway,
        };
        const systems = registerSystems(connections);
        const ownSources = new Map(
          trino.list().map(({ id, source }) => [id, source]),
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
            refs.map(id => (systems.has(id) ? { id } : undefined)),
        });

        const isKnown = (id: string) => systems.has(id);
        const figures = OwnFigures.create({ store, isKnown, logger });
        deps.httpRouter.use(countIngest({ figures, isKnown }));
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
            connectionIds: new Set(trino.list().map(({ id }) => id)),
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
          createCacheIngestRouter({
            connectionIds: new Set(redis.list().map(({ id }) => id)),
            store,
            outages,
            notifier,
            httpAuth,
            logger,
          }),
        );
        const access = ConnectionAccess.create({
          httpAuth,
          permissions: deps.permissions,
          auditor: deps.auditor,
        });
        const slos = await createSloModule({
          ...deps,
          access,
          connections,
          logger,
          notifier,
          ownSources,
          scheduler,
          store,
          systems,
        });
        deps.httpRouter.use(slos.router);
        deps.httpRouter.use(
          createRouter({
            connections,
            systems,
            store,
            outages,
            access,
            config,
            logger,
          }),
        );

        const reruns = CollectorReruns.create({ scheduler, logger });
        deps.lifecycle.addShutdownHook(() => reruns.close());
        const runner = CollectorRunner.create({
          store,
          notifier,
          outages,
          figures,
          reruns,
          logger,
        });
        const { collectors, inspectors } = createCollectors({
          connections,
          store,
          config: deps.config,
          maxTextLength: config.maxTextLength,
          logger,
        });
        for (const collector of collectors) {
          await runner.schedule(collector, {
            scheduler,
            schedule: config.schedules[collector.kind],
          });
        }
        await subscribeToConnectionChanges({
          events: deps.events,
          reruns,
          logger,
        });
        await subscribeToTableChanges({
          events: deps.events,
          inspectors,
          logger,
        });
        await slos.start();
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
