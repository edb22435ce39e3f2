import { z } from 'zod';
import { readJsonAnswer } from '../../http/readJsonAnswer';
import { gatewayErrors } from '../errors';

/**
 * Reads the envelope `{ code, msg, data }` of Gateway's web API, in which failures
 * come with HTTP 200 as well.
 *
 * @throws ConnectionUnavailableError when it is another, or says that it failed
 */
export function readResult<T>(options: {
  connection: string;
  what: string;
  text: string;
  data: z.ZodType<T>;
}): T {
  const { connection, what, text } = options;
  const read = <U>(schema: z.ZodType<U>) =>
    readJsonAnswer({
      connection,
      errors: gatewayErrors,
      what,
      system: 'Trino Gateway',
      text,
      schema,
    });
  const { code, msg } = read(
    z.object({ code: z.number(), msg: z.string().nullish() }),
  );
  if (code !== 200) {
    throw gatewayErrors.unavailable({
      connection,
      kind: 'server-error',
      reason: `${what} is a failure of code ${code}${
        msg ? `: ${msg.slice(0, 200)}` : ''
      }`,
      remedy: "look into the gateway's log, and at its database",
    });
  }
  return read(z.object({ data: options.data })).data;
}
