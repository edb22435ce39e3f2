import type { z } from 'zod';
import { TrinoUnavailableError } from '../errors';
import { parseLosslessJson } from './parseLosslessJson';

/**
 * Reads an answer that must be JSON of a shape.
 *
 * @throws TrinoUnavailableError of kind bad-response that says what came instead
 */
export function parseJsonAnswer<T>(options: {
  connection: string;
  /** What was asked for, as the subject of a sentence. */
  what: string;
  text: string;
  schema: z.ZodType<T>;
}): T {
  const bad = (reason: string, cause?: unknown) =>
    new TrinoUnavailableError({
      connection: options.connection,
      kind: 'bad-response',
      reason: `${options.what} ${reason}`,
      remedy:
        "check that the url of the connection is that of Trino's coordinator, and what proxy stands before it",
      cause,
    });
  let json: unknown;
  try {
    json = parseLosslessJson(options.text);
  } catch (error) {
    const start = options.text.trimStart();
    if (start === '') throw bad('came empty instead of as JSON');
    if (start.startsWith('<')) throw bad('came as HTML instead of as JSON');
    throw bad('is not whole JSON');
  }
  const parsed = options.schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(
    `has not the shape of Trino's protocol (${issue.path.join('.') || 'top'}: ${
      issue.message
    })`,
  );
}
