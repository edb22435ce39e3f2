import type { Gap } from './gap';
import type { ExternalLink } from './link';

/**
 * One look at a cluster. What could not be observed is absent, with a Gap.
 * Bytes are of the general memory pool over all nodes.
 *
 * @public
 */
export interface ClusterSample {
  readonly connection: string;
  /** ISO time. */
  readonly sampledAt: string;
  readonly memory?: {
    readonly totalBytes: number;
    readonly reservedBytes: number;
    readonly revocableBytes: number;
    readonly freeBytes: number;
    readonly blockedNodes: number;
    /** Counted since the coordinator started. */
    readonly oomKills?: number;
  };
  readonly queries?: {
    readonly running: number;
    readonly queued: number;
    readonly blocked?: number;
    /** Counted since the coordinator started. */
    readonly completed?: number;
    readonly failed?: number;
    readonly userErrors?: number;
    readonly internalFailures?: number;
    readonly externalFailures?: number;
    readonly insufficientResourcesFailures?: number;
  };
  readonly nodes?: {
    readonly active: number;
    readonly inactive: number;
    readonly shuttingDown: number;
  };
}

/** @public */
export interface ClusterNode {
  readonly nodeId: string;
  readonly address: string;
  readonly version: string;
  readonly coordinator: boolean;
  /** Trino's own word: active, inactive, shutting_down, draining, drained. */
  readonly state: string;
}

/** @public */
export interface ResourceGroupState {
  /** Path from the root joined by dots, for example `global.adhoc`. */
  readonly path: string;
  readonly state?: string;
  readonly running: number;
  readonly queued: number;
  readonly hardConcurrencyLimit?: number;
  readonly maxQueued?: number;
  readonly softMemoryLimitBytes?: number;
  readonly memoryUsageBytes?: number;
}

/** @public */
export interface ClusterView {
  readonly connection: string;
  readonly title: string;
  readonly version?: string;
  readonly uiUrl?: string;
  /** ISO time of the newest sample; absent when there was never one. */
  readonly observedAt?: string;
  /** Seconds after which a sample counts as stale. */
  readonly staleAfterSeconds: number;
  readonly latest?: ClusterSample;
  /** Oldest first, thinned to at most 600 samples. */
  readonly series: readonly ClusterSample[];
  readonly nodes?: readonly ClusterNode[];
  readonly resourceGroups?: readonly ResourceGroupState[];
  /** Running and queued by resource group over time, oldest first. */
  readonly concurrency: ReadonlyArray<{
    readonly sampledAt: string;
    readonly groups: ReadonlyArray<{
      readonly path: string;
      readonly running: number;
      readonly queued: number;
    }>;
  }>;
  /** To where more is known of it, from `lakehouse.links` of the config. */
  readonly links?: readonly ExternalLink[];
  readonly gaps: readonly Gap[];
}

/** What a connection's user may do and what the server offers. @public */
export interface Capability {
  /** For example `query.kill`, `metrics.read`, `table.optimize`. */
  readonly id: string;
  readonly available: boolean;
  /** It is not there because the system has no such thing, so that nothing is missed. */
  readonly notOffered?: boolean;
  /** Why not, and what to do. */
  readonly reason?: string;
  readonly remedy?: string;
}

/** The systems that a connection can be to. @public */
export type LakehouseSystem =
  | 'trino'
  | 'redis'
  | 'superset'
  | 'kubernetes'
  | 'prometheus'
  | 'trino-gateway';

/** @public */
export interface ConnectionView {
  readonly id: string;
  readonly system: LakehouseSystem;
  readonly title: string;
  readonly uiUrl?: string;
  readonly version?: string;
  /** The user that the connection is made as. */
  readonly user?: string;
  /**
   * `degraded` when something of it is not observed now; a right that only
   * actions need does not count. `unknown` until the first probe has ended.
   */
  readonly status: 'connected' | 'degraded' | 'down' | 'unknown';
  /** Why it is not connected, and what to do. */
  readonly message?: string;
  readonly probedAt?: string;
  readonly capabilities: readonly Capability[];
  readonly catalogs: ReadonlyArray<{
    readonly name: string;
    readonly connector: string;
  }>;
  readonly gaps: readonly Gap[];
}
