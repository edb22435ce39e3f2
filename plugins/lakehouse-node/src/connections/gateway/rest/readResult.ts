import { z } from 'zod';
import { readJsonAnswer } from '../../http/readJsonAnswer';
import { errorOfGatewayCode } from '../errorOfGatewayCode';
import { gatewayErrors } from '../errors';
import type { GatewayConnectionConfig } from '../GatewayConnectionConfig';

/**
 * Reads the envelope `{ code, msg, data }` of Gateway's web API, in which failures
 * come with HTTP 200 as well.
 *
 * @throws ConnectionDeniedError or ConnectionUnavailableError when it says that it failed, or is another
 */
export function readResult<T>(options: {
  config: GatewayConnectionConfig;
  what: string;
  text: string;
  data: z.ZodType<T>;
}): T {
  const { config, what, text } = options;
  const read = <U>(schema: z.ZodType<U>) =>
    readJsonAnswer({
      connection: config.id,
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
    throw errorOfGatewayCode({ config, what, code, message: msg });
  }
  return read(z.object({ data: options.data })).data;
}
