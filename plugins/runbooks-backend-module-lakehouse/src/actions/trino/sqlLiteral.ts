import { InputError } from '@backstage/errors';
import { quoteString } from '@lakehouse-ops/plugin-lakehouse-node';

/** What can be bound to a `?` of a statement. */
export type SqlParameter = string | number | boolean | null;

/**
 * Writes a value as an SQL literal, for EXECUTE … USING.
 *
 * @throws InputError when it is a number that SQL can't write
 */
export function sqlLiteral(value: SqlParameter): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return quoteString(value);
  if (!Number.isFinite(value)) {
    throw new InputError(
      `parameters: ${value} is no number that SQL knows. Give a finite one.`,
    );
  }
  return Number.isSafeInteger(value) ? String(value) : value.toExponential();
}
