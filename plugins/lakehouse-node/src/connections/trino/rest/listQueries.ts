import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  QUERY_STATES,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { parseJsonAnswer } from '../http/parseJsonAnswer';
import type { TrinoHttp } from '../http/TrinoHttp';
import type { TrinoListedQuery } from '../TrinoConnection';
import { listedQuerySchema } from './listedQuery';

const WHAT = "The coordinator's list of queries";

/**
 * The coordinator's list of queries, narrowed to states when told.
 *
 * The server can narrow to one state at a time. States are asked for in the order
 * of a query's life, one after the other: a query that moves on meanwhile is seen
 * twice, never missed.
 */
export async function listQueries(options: {
  http: TrinoHttp;
  logger: LoggerService;
  states?: readonly QueryState[];
  signal?: AbortSignal;
}): Promise<TrinoListedQuery[]> {
  const states: Array<QueryState | undefined> = options.states
    ? QUERY_STATES.filter(
        state => state !== 'UNKNOWN' && options.states?.includes(state),
      )
    : [undefined];
  const byId = new Map<string, TrinoListedQuery>();
  for (const state of states) {
    for (const query of await listOne({ ...options, state })) {
      byId.set(query.queryId, query);
    }
  }
  return [...byId.values()];
}

async function listOne(options: {
  http: TrinoHttp;
  logger: LoggerService;
  state?: QueryState;
  signal?: AbortSignal;
}): Promise<TrinoListedQuery[]> {
  const { http } = options;
  const items = await http.send({
    what: WHAT,
    method: 'GET',
    path: options.state ? `/v1/query?state=${options.state}` : '/v1/query',
    signal: options.signal,
    maxBytes: http.config.queryListMaxBytes,
    limitField: 'queryListMaxBytes',
    retry: true,
    read: answer =>
      parseJsonAnswer({
        connection: http.config.id,
        what: WHAT,
        text: answer.text,
        schema: z.array(z.unknown()),
      }),
  });
  const queries = items.flatMap(item => {
    const parsed = listedQuerySchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  if (queries.length < items.length) {
    options.logger.warn(
      `Trino connection '${http.config.id}' listed ${
        items.length - queries.length
      } of ${
        items.length
      } queries in a form that can't be read; they are left out`,
    );
  }
  return queries;
}
