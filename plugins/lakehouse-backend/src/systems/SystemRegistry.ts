import { InputError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  Capability,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What the API shows of a connection to any system. */
export interface AnyConnection {
  readonly id: string;
  readonly title: string;
  readonly uiUrl?: string;
  readonly user?: string;
  capabilities(): Promise<unknown>;
  status(): {
    readonly capabilities?: {
      readonly probedAt: string;
      readonly version?: string;
      readonly capabilities: readonly Capability[];
      readonly catalogs?: ReadonlyArray<{ name: string; connector: string }>;
    };
    readonly available: boolean;
    readonly lastError?: Error;
  };
}

/** A kind of system, with its connections. */
export interface SystemEntry {
  readonly system: LakehouseSystem;
  /** Where its connections stand in app-config. */
  readonly configKey: string;
  readonly connections: { list(): readonly AnyConnection[] };
  /** What there is to see of it; the first is needed for what happened to it. */
  readonly permissions: readonly [ResourcePermission, ...ResourcePermission[]];
}

/** A connection and the kind of system that it is to. */
export interface RegisteredConnection {
  readonly connection: AnyConnection;
  readonly system: SystemEntry;
}

/** All connections to systems of all kinds: a connection's id is of one only. */
export class SystemRegistry {
  readonly #byId: ReadonlyMap<string, RegisteredConnection>;

  /** @throws InputError that names both places of an id which is used twice */
  static create(systems: readonly SystemEntry[]): SystemRegistry {
    const byId = new Map<string, RegisteredConnection>();
    for (const system of systems) {
      for (const connection of system.connections.list()) {
        const other = byId.get(connection.id);
        if (other) {
          throw new InputError(
            `The id '${connection.id}' names a connection in ${other.system.configKey} and another in ${system.configKey}. Ids are unique over all systems, for permissions, gaps and the time line go by them: rename one of the two.`,
          );
        }
        byId.set(connection.id, { connection, system });
      }
    }
    return new SystemRegistry(byId);
  }

  private constructor(byId: ReadonlyMap<string, RegisteredConnection>) {
    this.#byId = byId;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): RegisteredConnection | undefined {
    return this.#byId.get(id);
  }

  list(): readonly RegisteredConnection[] {
    return [...this.#byId.values()];
  }
}
