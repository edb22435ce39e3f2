/**
 * Types, annotations, permissions and API client shared by the Lakehouse plugins.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './entities';
export * from './model';
export * from './permissions';
export * from './telemetry';
export * from './slo';
