import { z } from 'zod';
import type {
  ConnectionDeniedError,
  ConnectionUnavailableError,
} from '../../shared/errors';
import { quoteBody } from '../../http/quoteBody';
import type { SupersetConnectionConfig } from '../config';
import { supersetErrors } from '../errors';

const messageSchema = z.object({ message: z.string() });

/** Superset's own words about a failure, or the beginning of what it sent. */
export function saidBy(text: string): string {
  try {
    const parsed = messageSchema.safeParse(JSON.parse(text));
    return quoteBody(parsed.success ? parsed.data.message : text);
  } catch {
    return quoteBody(text);
  }
}

/** Says what a status means that was not expected. */
export function errorOfStatus(options: {
  config: Pick<SupersetConnectionConfig, 'id' | 'auth'>;
  /** Method and path. */
  what: string;
  answer: { status: number; text: string };
}): ConnectionDeniedError | ConnectionUnavailableError {
  const { config, what, answer } = options;
  const { status } = answer;
  const said = saidBy(answer.text);
  const connection = config.id;
  if (status === 401) {
    return supersetErrors.denied({
      connection,
      status,
      reason: `401 on ${what}${said}`,
      remedy:
        config.auth.type === 'password'
          ? 'correct auth.user and auth.password of the connection, and see whether the account is active in Superset'
          : 'make a new API key in Superset for auth.apiKey of the connection',
    });
  }
  if (status === 403) {
    return supersetErrors.denied({
      connection,
      status,
      reason: `403 on ${what}${said}`,
      remedy:
        "add the permission to a role of the connection's account in Superset; docs/superset.md lists the least rights",
    });
  }
  if (status >= 500 || status === 429) {
    return supersetErrors.unavailable({
      connection,
      kind: 'server-error',
      status,
      reason: `${status} on ${what}${said}`,
      remedy:
        status === 429
          ? "ask less often (lakehouse.collectors.dashboards), or raise RATELIMIT_* in Superset's config for this account"
          : "look into Superset's log, or the log of the proxy before it",
    });
  }
  return supersetErrors.unavailable({
    connection,
    kind: 'bad-response',
    status,
    reason: `${status} on ${what}${said}`,
    remedy:
      status < 400
        ? 'write the address that it redirects to as url of the connection; redirects are not followed'
        : 'check that the url of the connection is that of Superset, without /superset or /login at its end',
  });
}
