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
  type LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  gatewayConnectionsServiceRef,
  kubernetesConnectionsServiceRef,
  prometheusConnectionsServiceRef,
  redisConnectionsServiceRef,
  supersetConnectionsServiceRef,
  trinoConnectionsServiceRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { runbookActionsExtensionPoint } from '@lakehouse-ops/plugin-runbooks-node';
import { createGatewayActions } from './actions/gateway/createGatewayActions';
import { createHttpActions } from './actions/http/createHttpActions';
import { readHttpCheckConfig } from './actions/http/readHttpCheckConfig';
import { createKubernetesActions } from './actions/kubernetes/createKubernetesActions';
import { createPrometheusActions } from './actions/prometheus/createPrometheusActions';
import { createRedisActions } from './actions/redis/createRedisActions';
import { createSupersetActions } from './actions/superset/createSupersetActions';
import { createTrinoActions } from './actions/trino/createTrinoActions';

/**
 * Adds the lakehouse actions to the Runbooks backend.
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
        const changed = (system: LakehouseSystem) => (connection: string) =>
          tell(LAKEHOUSE_CONNECTION_CHANGED_TOPIC, { system, connection });
        actions.addActions(
          ...createTrinoActions({
            connections: trino,
            tableChanged: table =>
              tell(LAKEHOUSE_TABLE_CHANGED_TOPIC, { ...table }),
          }),
          ...createRedisActions({
            connections: redis,
            connectionChanged: changed('redis'),
          }),
          ...createSupersetActions({
            connections: superset,
            connectionChanged: changed('superset'),
          }),
          ...createGatewayActions({
            connections: gateway,
            trino,
            connectionChanged: changed('trino-gateway'),
          }),
          ...createKubernetesActions({
            connections: kubernetes,
            trino,
            connectionChanged: changed('kubernetes'),
          }),
          ...createPrometheusActions({ connections: prometheus }),
          ...createHttpActions({ endpoints: readHttpCheckConfig(config) }),
        );
      },
    });
  },
});
