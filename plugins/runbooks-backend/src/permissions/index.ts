export * from './runResource';
export {
  runbookRunConditions,
  createRunbookRunConditionalDecision,
} from './runRules';
