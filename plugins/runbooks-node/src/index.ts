/**
 * Define runbook actions for the Runbooks backend.
 *
 * @packageDocumentation
 */

export * from './createRunbookAction';
export * from './extensionPoints';
export * from './audit';
export * from './expressions';
export * from './definitions';
