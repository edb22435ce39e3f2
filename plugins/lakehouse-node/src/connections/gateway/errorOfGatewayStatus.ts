import { quoteBody } from '../http/quoteBody';
import type {
  ConnectionDeniedError,
  ConnectionUnavailableError,
} from '../shared/errors';
import { gatewayErrors } from './errors';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';

const REMEDY: Record<GatewayConnectionConfig['auth']['type'], string> = {
  none: 'set auth of the connection: this gateway wants to know who asks',
  basic:
    'correct auth.user and auth.password of the connection, and give the user the roles USER and API in the gateway',
  form: 'give the user of the connection the roles USER and API in the gateway',
};

/**
 * Says what a status means that was not expected. Gateway 20 answers 403 both to who
 * does not log in and to who may not.
 */
export function errorOfGatewayStatus(options: {
  config: GatewayConnectionConfig;
  /** Method and path. */
  what: string;
  answer: { status: number; text: string };
}): ConnectionDeniedError | ConnectionUnavailableError {
  const { config, what, answer } = options;
  const { status } = answer;
  const connection = config.id;
  const reason = `${status} on ${what}${quoteBody(answer.text)}`;
  if (status === 401 || status === 403) {
    return gatewayErrors.denied({
      connection,
      status,
      reason,
      remedy: REMEDY[config.auth.type],
    });
  }
  if (status >= 500 || status === 429) {
    return gatewayErrors.unavailable({
      connection,
      kind: 'server-error',
      status,
      reason,
      remedy:
        "look into the gateway's log, at its database, and at the proxy before it",
    });
  }
  return gatewayErrors.unavailable({
    connection,
    kind: 'bad-response',
    status,
    reason,
    remedy:
      status < 400
        ? 'write the address that it redirects to as url of the connection; redirects are not followed'
        : 'check that the url of the connection is that of Trino Gateway, without a path that it does not have',
  });
}
