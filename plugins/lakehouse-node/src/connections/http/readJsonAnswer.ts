import type { z } from 'zod';
import type { ConnectionErrors } from '../shared/errors';

/**
 * Reads a body that must be JSON of a shape.
 *
 * @throws the system's unavailable error of kind bad-response that says what came instead
 */
export function readJsonAnswer<T>(options: {
  connection: string;
  errors: ConnectionErrors;
  /** What was asked for, as the subject of a sentence. */
  what: string;
  /** What should have answered: "Trino Gateway". */
  system: string;
  text: string;
  schema: z.ZodType<T>;
}): T {
  const bad = (reason: string) =>
    options.errors.unavailable({
      connection: options.connection,
      kind: 'bad-response',
      reason: `${options.what} ${reason}`,
      remedy: `check that the url of the connection is that of ${options.system}, and what proxy stands before it`,
    });
  const start = options.text.trimStart();
  if (start === '') throw bad('came empty instead of as JSON');
  if (start.startsWith('<')) throw bad('came as HTML instead of as JSON');
  let json: unknown;
  try {
    json = JSON.parse(options.text);
  } catch {
    // What JSON.parse says of it would quote the body.
    throw bad('is not whole JSON');
  }
  const parsed = options.schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(
    `has not the shape that ${options.system} answers in (${
      issue.path.join('.') || 'top'
    }: ${issue.message})`,
  );
}
