import { StringDecoder } from 'node:string_decoder';
import { InputError } from '@backstage/errors';
import { MAX_AUDIT_LINE_LENGTH } from '@lakehouse-ops/plugin-runbooks-node';

/**
 * The lines of a stream, without empty ones. It never holds more than one.
 *
 * @throws InputError when a line is longer than any could be
 */
export async function* readLines(
  stream: AsyncIterable<Buffer | string>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (
      rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))
    ).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(Boolean);
    if (rest.length > MAX_AUDIT_LINE_LENGTH) {
      throw new InputError(
        `A line is longer than ${MAX_AUDIT_LINE_LENGTH} characters: this is not an exported audit log.`,
      );
    }
  }
  rest += decoder.end();
  if (rest) yield rest;
}
