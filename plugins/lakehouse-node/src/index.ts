/**
 * Connections to the systems of a lakehouse, for backend plugins.
 *
 * @packageDocumentation
 */

export * from './connections/kubernetes';
export * from './connections/shared';
export type { TlsConfig } from './connections/http/TlsDispatcher';
export * from './connections/redis';
export * from './connections/gateway';
export * from './connections/prometheus';
export * from './connections/superset';
export * from './connections/trino';
