export * from './definitionHash';
export { findSchemaProblems, type SchemaProblem } from './jsonSchema';
export { RUNBOOK_FILE_MAX_BYTES } from './limits';
export * from './parseRunbookFile';
export * from './RunbookActionFacts';
export * from './runbookFileJsonSchema';
export * from './runbookFlowchart';
