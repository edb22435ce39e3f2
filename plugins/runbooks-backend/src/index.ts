/**
 * The Runbooks backend.
 *
 * @packageDocumentation
 */

export { runbooksPlugin as default } from './plugin';
export * from './audit';
export * from './permissions';
