import { type Expression } from './ast';
import { type SourceLocation } from './TrinoError';

/** Where an expression was written, as far as it was noted. */
export function locationOf(expression: Expression): SourceLocation | undefined {
  return 'location' in expression ? expression.location : undefined;
}
