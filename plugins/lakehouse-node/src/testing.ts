/**
 * What tests of connections, and of what stands on them, need.
 *
 * @packageDocumentation
 */

export * from './testing/index';
