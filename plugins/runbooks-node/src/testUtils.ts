/**
 * Try a runbook action in a test as the engine runs it.
 *
 * @packageDocumentation
 */

export * from './testUtils/testRunbookAction';
export type { RecordedLine } from './testUtils/RecordedRun';
