import type {
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
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
  readonly #byId: ReadonlyMap<string, TrinoConnection>;

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
    this.#byId = new Map(
      connections.map(connection => [connection.id, connection]),
    );
  }

  list(): readonly TrinoConnection[] {
    return [...this.#byId.values()];
  }

  get(id: string): TrinoConnection {
    const connection = this.#byId.get(id);
    if (!connection) {
      throw new NotFoundError(
        `There is no Trino connection '${id}'. Known are: ${
          [...this.#byId.keys()].join(', ') || 'none'
        }. Connections stand in app-config under lakehouse.trino.connections.`,
      );
    }
    return connection;
  }
}
