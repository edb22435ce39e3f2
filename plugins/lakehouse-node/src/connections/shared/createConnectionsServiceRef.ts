import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type LoggerService,
  type RootConfigService,
  type ServiceRef,
} from '@backstage/backend-plugin-api';
import { ConnectionRegistry } from './ConnectionRegistry';
import type { SystemConnection, SystemConnections } from './SystemConnection';

/** A root service that holds the connections to one kind of system, one set for all plugins of a backend. */
export function createConnectionsServiceRef<
  T extends SystemConnection,
>(options: {
  /** For example `lakehouse.redis-connections`. */
  id: string;
  /** The system's name, as people write it. */
  system: string;
  /** Where its connections stand in app-config. */
  configKey: string;
  /** @throws InputError that names the field which can't be used */
  fromConfig(
    config: RootConfigService,
    options: { logger: LoggerService },
  ): readonly T[];
}): ServiceRef<SystemConnections<T>, 'root', 'singleton'> {
  return createServiceRef<SystemConnections<T>>({
    id: options.id,
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          config: coreServices.rootConfig,
          logger: coreServices.rootLogger,
          lifecycle: coreServices.rootLifecycle,
        },
        factory: ({ config, logger, lifecycle }) => {
          const connections = options.fromConfig(config, { logger });
          lifecycle.addShutdownHook(async () => {
            await Promise.all(connections.map(one => one.close()));
          });
          return ConnectionRegistry.create({ ...options, connections });
        },
      }),
  });
}
