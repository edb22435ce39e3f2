/**
 * The runbook button, its drawer, and the parts of a run's page, for plugins
 * that let people act on what they show.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './components';
export * from './failures';
export * from './format';
export * from './hooks';
export * from './pickers';
export * from './routes';
export * from './suggestions';
