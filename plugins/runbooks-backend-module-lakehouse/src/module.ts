import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  LAKEHOUSE_TABLE_CHANGED_TOPIC,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { trinoConnectionsServiceRef } from '@lakehouse-ops/plugin-lakehouse-node';
import { runbookActionsExtensionPoint } from '@lakehouse-ops/plugin-runbooks-node';
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
        connections: trinoConnectionsServiceRef,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ actions, connections, events, logger }) {
        const tableChanged = (table: TableRef) => {
          events
            .publish({
              topic: LAKEHOUSE_TABLE_CHANGED_TOPIC,
              eventPayload: { ...table },
            })
            .catch(error =>
              logger.warn(
                `Could not tell that a table changed; it is looked at again at the next sweep: ${
                  toError(error).message
                }`,
              ),
            );
        };
        actions.addActions(
          ...createTrinoActions({ connections, tableChanged }),
        );
      },
    });
  },
});
