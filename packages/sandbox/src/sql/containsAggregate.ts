import { aggregateFunctions } from './aggregateFunctions';
import { type Expression } from './ast';

function isNode(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Whether an expression aggregates, not looking into its subqueries. */
export function containsAggregate(expression: Expression): boolean {
  if (
    expression.kind === 'call' &&
    !expression.over &&
    Object.hasOwn(aggregateFunctions, expression.name)
  ) {
    return true;
  }
  if (expression.kind === 'query' || expression.kind === 'exists') {
    return false;
  }
  return Object.entries(expression)
    .filter(
      ([property]) =>
        property !== 'query' && property !== 'type' && property !== 'over',
    )
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .some(
      value =>
        (isNode(value) && containsAggregate(value)) ||
        (isBranch(value) &&
          (containsAggregate(value.when) || containsAggregate(value.then))),
    );
}

function isBranch(
  value: unknown,
): value is { when: Expression; then: Expression } {
  return typeof value === 'object' && value !== null && 'when' in value;
}
