import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeTrinoError } from '../describeTrinoError';
import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '../errors';
import type { TrinoHttp } from '../http/TrinoHttp';
import { listQueries } from '../rest/listQueries';
import type { TrinoResult } from '../TrinoConnection';

const ID = 'query.kill';
const PROBED_OWNERS = 5;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Of the shape of an id, from before there was Trino. */
const IMPOSSIBLE_QUERY_ID = '19700101_000000_00000_aaaaa';

/**
 * Whether we may kill queries, found out without killing any.
 *
 * Killing is a right on each owner's queries. Trino checks it before it looks
 * whether the query still runs, so that asking to kill a query that has ended tells
 * it: 409 when permitted, 403 when not, and nothing happens. Where no ended query of
 * someone else is seen, calling the procedure with an id that can't exist tells at
 * least whether the procedure may be executed; the right on an owner then shows with
 * the first kill.
 *
 * Source: measured on Trino 470 and 476.
 */
export async function probeKill(options: {
  http: TrinoHttp;
  logger: LoggerService;
  run: (sql: string) => Promise<TrinoResult>;
  signal: AbortSignal;
}): Promise<Capability> {
  const owners = await endedQueriesByOwner(options);
  let denied: TrinoDeniedError | undefined;
  for (const queryId of [...owners.values()].slice(0, PROBED_OWNERS)) {
    try {
      await killEnded({ ...options, queryId });
      return { id: ID, available: true };
    } catch (error) {
      if (!(error instanceof TrinoDeniedError)) return probeProcedure(options);
      denied = error;
    }
  }
  if (!denied) return probeProcedure(options);
  const { user } = options.http.config;
  return {
    id: ID,
    available: false,
    reason: `user ${user} may not kill queries of ${[...owners.keys()]
      .slice(0, PROBED_OWNERS)
      .join(', ')}`,
    remedy: `add a "queries" rule with kill for user ${user} to Trino's access rules`,
  };
}

/** One ended query for each other user whose queries we see. */
async function endedQueriesByOwner(options: {
  http: TrinoHttp;
  logger: LoggerService;
  signal: AbortSignal;
}): Promise<Map<string, string>> {
  try {
    const ended = await listQueries({
      ...options,
      states: ['FINISHED', 'FAILED'],
    });
    return new Map(
      ended
        .filter(query => query.user !== options.http.config.user)
        .map(query => [query.user, query.queryId]),
    );
  } catch (error) {
    options.logger.debug(
      `Whether queries may be killed is probed without a list of queries: ${
        describeTrinoError(error).reason
      }`,
    );
    return new Map();
  }
}

function killEnded(options: {
  http: TrinoHttp;
  queryId: string;
  signal: AbortSignal;
}): Promise<void> {
  return options.http.send({
    what: 'The probe of the right to kill',
    method: 'PUT',
    path: `/v1/query/${encodeURIComponent(options.queryId)}/killed`,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Probe of the right to kill',
    signal: options.signal,
    maxBytes: MAX_ANSWER_BYTES,
    statuses: [409],
    read: () => undefined,
  });
}

async function probeProcedure(options: {
  http: TrinoHttp;
  run: (sql: string) => Promise<TrinoResult>;
}): Promise<Capability> {
  try {
    await options.run(
      `CALL system.runtime.kill_query(query_id => '${IMPOSSIBLE_QUERY_ID}', message => 'probe')`,
    );
  } catch (error) {
    if (error instanceof TrinoQueryError && error.errorName === 'NOT_FOUND') {
      return {
        id: ID,
        available: true,
        reason: `the procedure may be executed; the right to kill an owner's queries shows with the first kill`,
        remedy: `if a kill is denied, add a "queries" rule with kill for user ${options.http.config.user} to Trino's access rules`,
      };
    }
    if (error instanceof TrinoUnavailableError && error.status === 500) {
      // Not Trino's answer: a gateway that does not parse statements fails on all that kill.
      return {
        id: ID,
        available: true,
        reason:
          'a gateway before Trino fails on the procedure, so that the right could not be probed; kills go another way, and show it',
        remedy:
          'let the connection reach the coordinator itself, or set requestAnalyzerConfig.analyzeRequest of the gateway',
      };
    }
    const { reason, remedy } = describeTrinoError(error);
    return { id: ID, available: false, reason, remedy };
  }
  return { id: ID, available: true };
}
