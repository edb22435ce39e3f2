/**
 * Connections to the systems of a lakehouse, for backend plugins.
 *
 * @packageDocumentation
 */

export * from './connections/trino';
