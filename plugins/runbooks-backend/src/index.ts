/**
 * The Runbooks backend.
 *
 * @packageDocumentation
 */

export { runbooksPlugin as default } from './plugin';
export * from './permissions';
