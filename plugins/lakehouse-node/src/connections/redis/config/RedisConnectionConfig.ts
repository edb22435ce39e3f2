import type { TlsConfig } from '../../http/TlsDispatcher';

/** @public */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** Who a connection is made as. @public */
export interface RedisAuthConfig {
  /** An ACL user; the server's default user unless told. */
  readonly user?: string;
  readonly password?: string;
  /** Read again at each connect. */
  readonly passwordFile?: string;
}

/** How the servers of a Redis are found. @public */
export type RedisServersConfig =
  | { readonly mode: 'standalone'; readonly address: RedisAddress }
  | {
      readonly mode: 'sentinel';
      /** What the Sentinels call the set of servers. */
      readonly name: string;
      readonly sentinels: readonly RedisAddress[];
      readonly auth: RedisAuthConfig;
      readonly tls: boolean;
    }
  | { readonly mode: 'cluster'; readonly nodes: readonly RedisAddress[] };

/** One entry of `lakehouse.redis.connections`. @public */
export interface RedisConnectionConfig {
  readonly id: string;
  readonly title: string;
  readonly uiUrl?: string;
  readonly servers: RedisServersConfig;
  readonly auth: RedisAuthConfig;
  /** PEM files, read again at each connect; absent: no TLS. */
  readonly tls?: TlsConfig;
  readonly database: number;
  /** Where a node that the servers tell of is reached from here, by its host:port. */
  readonly addresses: ReadonlyMap<string, RedisAddress>;
  readonly prefixes: readonly string[];
  readonly separators: readonly string[];
  readonly trinoSource?: {
    readonly connection: string;
    readonly source: string;
  };
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number;
  /** Of one answer. */
  readonly maxReplyBytes: number;
  readonly capabilitiesTtlMs: number;
  /** How long requests fail at once after a connect has failed, at first. */
  readonly reconnectAfterMs: number;
}
