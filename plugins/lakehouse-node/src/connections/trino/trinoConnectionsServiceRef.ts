import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultTrinoConnections } from './DefaultTrinoConnections';
import type { TrinoConnections } from './TrinoConnections';

/**
 * The Trino connections of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const trinoConnectionsServiceRef = createServiceRef<TrinoConnections>({
  id: 'lakehouse.trino-connections',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory: ({ config, logger, lifecycle }) =>
        DefaultTrinoConnections.fromConfig(config, { logger, lifecycle }),
    }),
});
