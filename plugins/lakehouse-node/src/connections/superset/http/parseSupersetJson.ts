import type { z } from 'zod';
import { supersetErrors } from '../errors';

/**
 * Reads an answer that must be JSON of a shape.
 *
 * @throws ConnectionUnavailableError of kind bad-response that says what came instead
 */
export function parseSupersetJson<T>(options: {
  connection: string;
  /** What was asked for, as the subject of a sentence. */
  what: string;
  text: string;
  schema: z.ZodType<T>;
}): T {
  const bad = (reason: string, cause?: unknown) =>
    supersetErrors.unavailable({
      connection: options.connection,
      kind: 'bad-response',
      reason: `${options.what} ${reason}`,
      remedy:
        'check that the url of the connection is that of Superset, and that no proxy before it asks for a login of its own',
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(options.text);
  } catch (error) {
    const start = options.text.trimStart();
    if (start === '') throw bad('came empty instead of as JSON', error);
    if (start.startsWith('<')) {
      throw bad(
        `came as an HTML page instead of as JSON${
          /log ?in|sign ?in/i.test(start) ? ', which asks for a login' : ''
        }`,
        error,
      );
    }
    throw bad('is not whole JSON', error);
  }
  const parsed = options.schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(
    `has not the shape of Superset's API (${issue.path.join('.') || 'top'}: ${
      issue.message
    })`,
  );
}
