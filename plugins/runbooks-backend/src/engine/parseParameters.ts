import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Reads what a caller sent.
 *
 * @throws InputError that names each field and what is wrong with it
 */
export function parseParameters<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => {
    const field = issue.path.map(String).join('.');
    return field ? `${field}: ${issue.message}` : issue.message;
  });
  throw new InputError(
    `Nothing was done, because of what was sent: ${faults.join('; ')}`,
  );
}
