import { type Expression } from './ast';
import { Scope } from './Scope';

/**
 * Text that is equal for expressions that mean the same over a scope: names
 * count by the column they reach, source positions don't count.
 */
export function expressionKey(expression: Expression, scope: Scope): string {
  return JSON.stringify(expression, (property, value) => {
    if (property === 'location') {
      return undefined;
    }
    if (typeof value === 'bigint') {
      return `${value}n`;
    }
    if (value?.kind === 'name' && Array.isArray(value.parts)) {
      const found = scope.find(value.parts, { line: 1, column: 1 });
      return found ? ['column', found.index, found.rest] : value.parts;
    }
    return value;
  });
}
