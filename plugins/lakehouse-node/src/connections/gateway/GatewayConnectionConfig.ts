import type { TlsConfig } from '../http/TlsDispatcher';

/** How a connection to Trino Gateway proves who it is. @public */
export type GatewayAuthConfig =
  | { readonly type: 'none' }
  /** Sent with each request. */
  | {
      readonly type: 'basic';
      readonly user: string;
      readonly password: string;
    }
  /** Logs in by `POST /login`, and sends the token that it answers. */
  | {
      readonly type: 'form';
      readonly user: string;
      readonly password: string;
    };

/** `clusterStatsConfiguration.monitorType` of Gateway 20. */
export const GATEWAY_MONITORS = [
  'NOOP',
  'INFO_API',
  'UI_API',
  'JDBC',
  'JMX',
  'METRICS',
] as const;

/** How a gateway looks after its backends. @public */
export type GatewayMonitor = (typeof GATEWAY_MONITORS)[number];

/** One entry of `lakehouse.trinoGateway.connections`. @public */
export interface GatewayConnectionConfig {
  readonly id: string;
  readonly title: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly uiUrl?: string;
  readonly auth: GatewayAuthConfig;
  readonly tls: TlsConfig;
  /** Where queries go that name no group, or one without a healthy backend. The gateway's API does not tell it. */
  readonly defaultRoutingGroup: string;
  /** Tells whether health and counts mean anything. The gateway's API does not tell it. */
  readonly monitor: GatewayMonitor;
  /** Trino connections by the name of the backend that they are, where urls differ. */
  readonly trinoByBackend: Readonly<Record<string, string>>;
  /** Trino connections of ours by url, to find which of them a backend is. */
  readonly trinoByUrl: Readonly<Record<string, string>>;
  readonly requestTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly capabilitiesTtlMs: number;
  readonly breaker: {
    /** How many failures in a row open it. */
    readonly failures: number;
    /** How long it stays open at first; longer with each failed probe. */
    readonly reopenAfterMs: number;
  };
}
