import { quoteBody } from '../../http/quoteBody';
import type { TrinoConnectionConfig } from '../config';
import { TrinoDeniedError, TrinoUnavailableError } from '../errors';

/** Trino's text on endpoints that need the right to read system information. */
const MANAGEMENT_ONLY = 'Management only resource';

const REMEDY_401: Record<TrinoConnectionConfig['auth']['type'], string> = {
  none: 'set auth of the connection: this server wants to know who asks',
  basic: 'correct auth.user and auth.password of the connection',
  jwt: 'renew the token in auth of the connection, or check that Trino trusts who issued it',
  certificate:
    'check that Trino trusts the client certificate in tls of the connection',
};

/**
 * Says what a status means that was not expected.
 */
export function errorOfStatus(options: {
  config: TrinoConnectionConfig;
  /** Method and path. */
  what: string;
  answer: { status: number; text: string };
}): TrinoDeniedError | TrinoUnavailableError {
  const { config, what, answer } = options;
  const said = quoteBody(answer.text);
  const connection = config.id;
  const { status } = answer;
  if (status === 401) {
    return new TrinoDeniedError({
      connection,
      status,
      reason: `401 on ${what}${said}`,
      remedy: REMEDY_401[config.auth.type],
    });
  }
  if (status === 403) {
    const management = answer.text.includes(MANAGEMENT_ONLY);
    const right = management ? 'system_information read' : undefined;
    return new TrinoDeniedError({
      connection,
      status,
      right,
      reason: `403 on ${what}${said}${
        management ? ', which needs system_information read' : ''
      }`,
      remedy: `grant ${right ?? 'the right to it'} to user ${
        config.user
      } in Trino's access rules`,
    });
  }
  if (status >= 500 || status === 429) {
    return new TrinoUnavailableError({
      connection,
      kind: 'server-error',
      status,
      reason: `${status} on ${what}${said}`,
      remedy:
        status === 503
          ? 'wait until the coordinator has started, or see why the proxy before it finds none'
          : "look into the coordinator's log, or the log of the proxy before it",
    });
  }
  return new TrinoUnavailableError({
    connection,
    kind: 'bad-response',
    status,
    reason: `${status} on ${what}${said}`,
    remedy:
      status < 400
        ? 'write the address that it redirects to as url of the connection; redirects are not followed'
        : "check that the url of the connection is that of Trino's coordinator",
  });
}
