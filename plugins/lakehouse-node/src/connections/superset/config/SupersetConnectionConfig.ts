import type { TlsConfig } from '../../http/TlsDispatcher';

/** How a connection proves who it is. @public */
export type SupersetAuthConfig =
  | {
      readonly type: 'password';
      readonly user: string;
      readonly password: string;
      /** Superset's name of who checks the password. */
      readonly provider: 'db' | 'ldap';
    }
  /** A key that Superset made for an account; only newer versions do. */
  | { readonly type: 'api-key'; readonly apiKey: string };

/** Which Trino cluster a database of Superset is. @public */
export interface SupersetDatabaseMapping {
  /** As Superset names the database. */
  readonly name: string;
  /** Id of the Trino connection. */
  readonly trino: string;
  /** The catalog of datasets that name none. */
  readonly catalog?: string;
}

/** One entry of `lakehouse.superset.connections`. @public */
export interface SupersetConnectionConfig {
  readonly id: string;
  readonly title: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly uiUrl?: string;
  readonly auth: SupersetAuthConfig;
  readonly tls: TlsConfig;
  readonly databases: readonly SupersetDatabaseMapping[];
  readonly requestTimeoutMs: number;
  /** For what computes charts: they take as long as their queries. */
  readonly chartTimeoutMs: number;
  readonly maxResponseBytes: number;
  /** Dashboards, charts, datasets or alerts of one list, at most. */
  readonly maxObjects: number;
  readonly capabilitiesTtlMs: number;
  readonly breaker: {
    readonly failures: number;
    readonly reopenAfterMs: number;
  };
}
