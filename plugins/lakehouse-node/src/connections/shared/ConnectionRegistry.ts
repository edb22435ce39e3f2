import { NotFoundError } from '@backstage/errors';
import type { SystemConnections } from './SystemConnection';

/**
 * {@link SystemConnections} of a list.
 *
 * @public
 */
export class ConnectionRegistry<T extends { readonly id: string }>
  implements SystemConnections<T>
{
  readonly #system: string;
  readonly #configKey: string;
  readonly #byId: ReadonlyMap<string, T>;

  static create<T extends { readonly id: string }>(options: {
    /** The system's name, as people write it. */
    system: string;
    /** Where its connections stand in app-config. */
    configKey: string;
    connections: readonly T[];
  }): ConnectionRegistry<T> {
    return new ConnectionRegistry(options);
  }

  private constructor(options: {
    system: string;
    configKey: string;
    connections: readonly T[];
  }) {
    this.#system = options.system;
    this.#configKey = options.configKey;
    this.#byId = new Map(
      options.connections.map(connection => [connection.id, connection]),
    );
  }

  list(): readonly T[] {
    return [...this.#byId.values()];
  }

  get(id: string): T {
    const connection = this.#byId.get(id);
    if (!connection) {
      throw new NotFoundError(
        `There is no ${this.#system} connection '${id}'. Known are: ${
          [...this.#byId.keys()].join(', ') || 'none'
        }. Connections stand in app-config under ${this.#configKey}.`,
      );
    }
    return connection;
  }
}
