/**
 * Types, permissions and API client shared by the Runbooks plugins.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './model';
export * from './permissions';
