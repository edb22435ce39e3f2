import type {
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { ConnectionRegistry } from '../shared/ConnectionRegistry';
import { readTrinoConnectionsConfig } from './config';
import { DefaultTrinoConnection } from './DefaultTrinoConnection';
import type { TrinoConnection } from './TrinoConnection';
import type { TrinoConnections } from './TrinoConnections';

/**
 * {@link TrinoConnections} of `lakehouse.trino.connections`.
 *
 * @public
 */
export class DefaultTrinoConnections implements TrinoConnections {
  readonly #registry: ConnectionRegistry<TrinoConnection>;

  /** @throws InputError that names the field when one can't be used */
  static fromConfig(
    config: RootConfigService,
    options: { logger: LoggerService; lifecycle: RootLifecycleService },
  ): DefaultTrinoConnections {
    const connections = readTrinoConnectionsConfig(config).map(entry =>
      DefaultTrinoConnection.create({
        config: entry,
        logger: options.logger.child({ connection: entry.id }),
      }),
    );
    options.lifecycle.addShutdownHook(async () => {
      await Promise.all(connections.map(connection => connection.close()));
    });
    return new DefaultTrinoConnections(connections);
  }

  private constructor(connections: readonly TrinoConnection[]) {
    this.#registry = ConnectionRegistry.create({
      system: 'Trino',
      configKey: 'lakehouse.trino.connections',
      connections,
    });
  }

  list(): readonly TrinoConnection[] {
    return this.#registry.list();
  }

  get(id: string): TrinoConnection {
    return this.#registry.get(id);
  }
}
