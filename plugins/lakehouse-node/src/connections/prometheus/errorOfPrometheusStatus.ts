import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { quoteBody } from '../http/quoteBody';
import { prometheusErrors } from './errors';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';

const MAX_MESSAGE_LENGTH = 500;

const REMEDY_401: Record<PrometheusConnectionConfig['auth']['type'], string> = {
  none: 'set auth of the connection: this server wants to know who asks',
  basic: 'correct auth.user and auth.password of the connection',
  bearer: 'renew the token in auth of the connection',
};

const bodySchema = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
});

/** What Prometheus and its kin say when a query would take too much. */
const TOO_MUCH =
  /too many samples|too many points|exceeded maximum resolution|limit.*exceeded|exceeds the limit|max-(?:fetched|series)/i;

/** Says what a status means that was not expected. */
export function errorOfPrometheusStatus(options: {
  config: PrometheusConnectionConfig;
  /** Method and path. */
  what: string;
  answer: { status: number; text: string };
}): Error {
  const { config, what, answer } = options;
  const { status } = answer;
  const connection = config.id;
  const said = quoteBody(answer.text);
  const reason = `${status} on ${what}${said}`;
  if (status === 401 || status === 403) {
    return prometheusErrors.denied({
      connection,
      status,
      reason,
      remedy:
        status === 401
          ? REMEDY_401[config.auth.type]
          : 'let the user or token of the connection read metrics of this tenant',
    });
  }
  const told = parseBody(answer.text);
  if (told) return errorOfType({ ...told, config, status, reason });
  if (status >= 500 || status === 429) {
    return prometheusErrors.unavailable({
      connection,
      kind: 'server-error',
      status,
      reason,
      remedy:
        "look into the server's log, or the log of the proxy before it; after a start it first reads its write-ahead log",
    });
  }
  return prometheusErrors.unavailable({
    connection,
    kind: 'bad-response',
    status,
    reason,
    remedy:
      status < 400
        ? 'write the address that it redirects to as url of the connection; redirects are not followed'
        : "check that the url of the connection is what Prometheus' /api/v1 stands below; with Mimir it ends with /prometheus",
  });
}

/** An error in Prometheus' own words. Source: its HTTP API, "Format overview". */
function errorOfType(options: {
  config: PrometheusConnectionConfig;
  status: number;
  reason: string;
  errorType: string;
  error: string;
}): Error {
  const { config, status, reason, errorType, error } = options;
  const connection = config.id;
  const message = error.slice(0, MAX_MESSAGE_LENGTH);
  if (errorType === 'timeout' || errorType === 'canceled') {
    return prometheusErrors.unavailable({
      connection,
      kind: 'timeout',
      status,
      reason: `the server gave the query up: ${message}`,
      remedy:
        'ask for a shorter time or fewer series, or raise query.timeout of the server',
    });
  }
  if (status < 500 && status !== 404 && status !== 429) {
    const next = TOO_MUCH.test(error)
      ? 'Ask for a shorter time, a longer step or fewer series.'
      : 'Correct the expression.';
    return new InputError(
      `Prometheus connection '${connection}' refuses the query (${errorType}): ${message}. ${next}`,
    );
  }
  return prometheusErrors.unavailable({
    connection,
    kind: 'server-error',
    status,
    reason,
    remedy: "look into the server's log, or the log of the proxy before it",
  });
}

function parseBody(text: string): z.output<typeof bodySchema> | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not in Prometheus' words: a proxy, or something else, answered.
    return undefined;
  }
}
