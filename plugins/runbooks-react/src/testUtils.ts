/**
 * A Runbooks API for tests of what is built upon it, and what it answers.
 *
 * @packageDocumentation
 */

export * from './testUtils/builders';
export * from './testUtils/compaction';
export * from './testUtils/mockRunbooksApi';
