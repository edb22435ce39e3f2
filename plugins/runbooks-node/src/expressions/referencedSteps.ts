import type { JsonValue } from '@backstage/types';
import { parseExpression } from './parseExpression';
import { hasExpression, splitTemplate } from './splitTemplate';

/**
 * The ids of the steps whose results a value needs, in the order of the
 * alphabet. A text is taken as an expression unless it has `${{ }}` in it;
 * texts within lists and objects are taken as they are filled in. What can't
 * be read as an expression needs none.
 *
 * @public
 */
export function referencedSteps(value: JsonValue | string): string[] {
  const steps = new Set<string>();
  if (typeof value === 'string' && !hasExpression(value)) {
    note(value, steps);
  } else collect(value, steps);
  return [...steps].sort();
}

function collect(value: JsonValue | undefined, steps: Set<string>): void {
  if (typeof value === 'string') {
    if (!hasExpression(value)) return;
    for (const { type, text } of splitTemplate(value)) {
      if (type === 'expression') note(text, steps);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) collect(entry, steps);
  }
}

function note(expression: string, steps: Set<string>): void {
  try {
    for (const step of parseExpression(expression).steps) steps.add(step);
  } catch {
    // Told with its place when the file is read.
  }
}
