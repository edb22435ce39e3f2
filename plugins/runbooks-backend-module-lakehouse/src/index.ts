/**
 * Lakehouse actions for the Runbooks backend.
 *
 * @packageDocumentation
 */

export { runbooksModuleLakehouse as default } from './module';
