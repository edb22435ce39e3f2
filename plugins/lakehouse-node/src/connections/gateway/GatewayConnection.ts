import type {
  GatewayBackend,
  GatewayRoute,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SystemConnection,
  SystemConnections,
} from '../shared/SystemConnection';
import type { GatewayMonitor } from './GatewayConnectionConfig';

/** What became of a change to a backend. @public */
export type GatewayChange = 'changed' | 'not-found';

/** @public */
export interface GatewayRoutes {
  /** Newest first. */
  readonly routes: readonly GatewayRoute[];
  /** There were more than were asked for; the oldest are missing. */
  readonly truncated: boolean;
  /** Why the account sees not all queries, in one clause; absent when it does. */
  readonly partial?: string;
}

/** Which ways to read. @public */
export interface GatewayRoutesRequest {
  /** ISO time; those captured at it or later. */
  readonly since?: string;
  readonly queryId?: string;
  /** At most so many, 1 to 5,000; 200 unless told. */
  readonly limit?: number;
  /** Backends that are known already, so that they are not asked for again. */
  readonly backends?: readonly GatewayBackend[];
  readonly signal?: AbortSignal;
}

/**
 * One Trino Gateway. Errors are those of ../shared/errors.
 *
 * @public
 */
export interface GatewayConnection extends SystemConnection {
  readonly system: 'trino-gateway';
  /** Where queries go that name no group, or one without a healthy backend. */
  readonly defaultRoutingGroup: string;
  readonly monitor: GatewayMonitor;

  /** All backends, with the health that the gateway's monitor saw last. Counts are absent where they would not be true. */
  backends(options?: { signal?: AbortSignal }): Promise<GatewayBackend[]>;

  /** The ways that queries took, as far as the account may see them. */
  routes(request?: GatewayRoutesRequest): Promise<GatewayRoutes>;

  /** Sends new queries to a backend, or no more of them. Queries that run there go on. */
  setActive(
    backend: string,
    options: { active: boolean; signal?: AbortSignal },
  ): Promise<GatewayChange>;
}

/** The gateways of the config. @public */
export type GatewayConnections = SystemConnections<GatewayConnection>;
