import type {
  Capability,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What a probe found out. @public */
export interface SystemCapabilities {
  /** ISO time. */
  readonly probedAt: string;
  readonly version?: string;
  /** What the connection's user may do and the server offers, each with why not and what to do. */
  readonly capabilities: readonly Capability[];
}

/**
 * One connection to one system, as all of them are.
 *
 * @public
 */
export interface SystemConnection {
  readonly id: string;
  readonly title: string;
  readonly system: LakehouseSystem;
  /** Where people look at the system, for deep links. */
  readonly uiUrl?: string;
  /** Who the connection is made as. */
  readonly user?: string;
  /** The last probe, probing first when there was none or it is older than its time to live. */
  capabilities(options?: {
    refresh?: boolean;
    signal?: AbortSignal;
  }): Promise<SystemCapabilities>;
  /** What is known without asking. */
  status(): {
    readonly capabilities?: SystemCapabilities;
    readonly available: boolean;
    readonly lastError?: Error;
  };
  /** Ends all sockets. */
  close(): Promise<void>;
}

/**
 * All connections of the config to systems of one kind.
 *
 * @public
 */
export interface SystemConnections<T> {
  list(): readonly T[];
  /** @throws NotFoundError that names the known ids */
  get(id: string): T;
}
