import type { TlsConfig } from '../../http/TlsDispatcher';

/**
 * How a connection proves who it is.
 *
 * @public
 */
export type TrinoAuthConfig =
  | { readonly type: 'none' }
  | {
      readonly type: 'basic';
      readonly user: string;
      readonly password: string;
    }
  | {
      readonly type: 'jwt';
      readonly token?: string;
      /** Read again when it changes. */
      readonly tokenFile?: string;
    }
  /** The client certificate of `tls`. */
  | { readonly type: 'certificate' };

/** Files in PEM, read again when they change. @public */
export type TrinoTlsConfig = TlsConfig;

/** One entry of `lakehouse.trino.connections`. @public */
export interface TrinoConnectionConfig {
  readonly id: string;
  readonly title: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly uiUrl?: string;
  readonly user: string;
  readonly source: string;
  readonly clientTags: readonly string[];
  readonly auth: TrinoAuthConfig;
  readonly tls: TrinoTlsConfig;
  /** Other origins that the server may write into its answers; requests never go there. */
  readonly advertisedOrigins: readonly string[];
  readonly statementTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Of all answers of one statement together. */
  readonly maxResponseBytes: number;
  readonly queryListMaxBytes: number;
  readonly capabilitiesTtlMs: number;
  readonly breaker: {
    /** How many failures in a row open it. */
    readonly failures: number;
    /** How long it stays open at first; longer with each failed probe. */
    readonly reopenAfterMs: number;
  };
}
