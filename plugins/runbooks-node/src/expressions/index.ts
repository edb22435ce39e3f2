export * from './describeExpressionFunctions';
export * from './evaluateExpression';
export type { ExpressionScope } from './ExpressionScope';
export * from './referencedSteps';
export * from './renderTemplate';
