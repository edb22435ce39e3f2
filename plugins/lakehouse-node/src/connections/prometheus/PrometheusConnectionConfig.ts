import type { TlsConfig } from '../http/TlsDispatcher';

/** How a connection to Prometheus proves who it is. @public */
export type PrometheusAuthConfig =
  | { readonly type: 'none' }
  | {
      readonly type: 'basic';
      readonly user: string;
      readonly password: string;
    }
  | {
      readonly type: 'bearer';
      readonly token?: string;
      /** Read again when it changes. */
      readonly tokenFile?: string;
    };

/** One entry of `lakehouse.prometheus.connections`. @public */
export interface PrometheusConnectionConfig {
  readonly id: string;
  readonly title: string;
  /** What `/api/v1` stands below, without a slash at its end. */
  readonly url: string;
  readonly uiUrl?: string;
  readonly auth: PrometheusAuthConfig;
  readonly tls: TlsConfig;
  /** Sent with each request: `X-Scope-OrgID` for Mimir, `THANOS-TENANT` for Thanos. */
  readonly tenant?: { readonly header: string; readonly value: string };
  readonly requestTimeoutMs: number;
  readonly maxResponseBytes: number;
  /** Series of one answer. */
  readonly maxSeries: number;
  /** Points of each series of a range query. */
  readonly maxPoints: number;
  readonly capabilitiesTtlMs: number;
  readonly breaker: {
    /** How many failures in a row open it. */
    readonly failures: number;
    /** How long it stays open at first; longer with each failed probe. */
    readonly reopenAfterMs: number;
  };
}
