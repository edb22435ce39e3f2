import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  LAKEHOUSE_CONNECTION_CHANGED_TOPIC,
  LAKEHOUSE_TABLE_CHANGED_TOPIC,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  gatewayConnectionsServiceRef,
  kubernetesConnectionsServiceRef,
  prometheusConnectionsServiceRef,
  redisConnectionsServiceRef,
  supersetConnectionsServiceRef,
  trinoConnectionsServiceRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  runbookActionsExtensionPoint,
  runbookFilesExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { createLakehouseActions } from './actions/createLakehouseActions';
import { readHttpCheckConfig } from './actions/http/readHttpCheckConfig';
import { readShippedRunbooks } from './runbooks/readShippedRunbooks';

const SHIPPED_KEY = 'runbooks.lakehouse.shippedRunbooks';

/**
 * Adds the lakehouse actions and runbooks to the Runbooks backend.
 *
 * @public
 */
export const runbooksModuleLakehouse = createBackendModule({
  pluginId: 'runbooks',
  moduleId: 'lakehouse',
  register(env) {
    env.registerInit({
      deps: {
        actions: runbookActionsExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        files: runbookFilesExtensionPoint,
        gateway: gatewayConnectionsServiceRef,
        kubernetes: kubernetesConnectionsServiceRef,
        logger: coreServices.logger,
        prometheus: prometheusConnectionsServiceRef,
        redis: redisConnectionsServiceRef,
        superset: supersetConnectionsServiceRef,
        trino: trinoConnectionsServiceRef,
      },
      async init({
        actions,
        config,
        events,
        files,
        gateway,
        kubernetes,
        logger,
        prometheus,
        redis,
        superset,
        trino,
      }) {
        const tell = (topic: string, eventPayload: JsonObject) => {
          events
            .publish({ topic, eventPayload })
            .catch(error =>
              logger.warn(
                `Could not tell what changed; it is looked at again at the next round: ${
                  toError(error).message
                }`,
              ),
            );
        };
        actions.addActions(
          ...createLakehouseActions({
            gateway,
            kubernetes,
            prometheus,
            redis,
            superset,
            trino,
            httpEndpoints: readHttpCheckConfig(config),
            tableChanged: table =>
              tell(LAKEHOUSE_TABLE_CHANGED_TOPIC, { ...table }),
            connectionChanged: (system, connection) =>
              tell(LAKEHOUSE_CONNECTION_CHANGED_TOPIC, { system, connection }),
          }),
        );
        if (config.getOptionalBoolean(SHIPPED_KEY) ?? true) {
          for (const file of await readShippedRunbooks()) files.addFile(file);
        }
      },
    });
  },
});
