/**
 * A small cached service over Trino: the workload that incidents happen to.
 *
 * @packageDocumentation
 */

export { makeLoad, type LoadResult } from './load/makeLoad';
export { withStampede } from './load/withStampede';
export * from './startPersonalApi';
export {
  readSettings,
  type PersonalApiSettings,
} from './settings/readSettings';
