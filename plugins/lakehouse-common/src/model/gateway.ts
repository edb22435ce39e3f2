import type { Gap } from './gap';

/** @public */
export interface GatewayBackend {
  readonly name: string;
  readonly routingGroup: string;
  readonly proxyTo: string;
  readonly externalUrl?: string;
  /** Whether new queries are sent there. Says nothing about health. */
  readonly active: boolean;
  readonly health: 'healthy' | 'unhealthy' | 'pending' | 'unknown';
  readonly running?: number;
  readonly queued?: number;
  /** The Trino connection of ours that it is, matched by url. */
  readonly trino?: string;
}

/** The way a query took through a gateway. @public */
export interface GatewayRoute {
  readonly queryId: string;
  readonly capturedAt: string;
  readonly user?: string;
  readonly source?: string;
  /** The group that the client asked for. */
  readonly requestedGroup?: string;
  /** Where it really ran, from backendUrl. */
  readonly backendUrl: string;
  readonly backend?: string;
  /** The group of the backend that it ran on. */
  readonly usedGroup?: string;
  readonly trino?: string;
  /** It ran on another group than it asked for. */
  readonly diverted: boolean;
}

/** @public */
export interface GatewayView {
  readonly connection: string;
  readonly title: string;
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  readonly defaultRoutingGroup?: string;
  readonly backends: readonly GatewayBackend[];
  /** Newest first, at most 200. */
  readonly routes: readonly GatewayRoute[];
  readonly series: ReadonlyArray<{
    readonly at: string;
    readonly backends: ReadonlyArray<{
      readonly name: string;
      readonly running?: number;
      readonly queued?: number;
      readonly health: GatewayBackend['health'];
      readonly active: boolean;
    }>;
  }>;
  readonly gaps: readonly Gap[];
}
