import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { isFinalQueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import {
  MAX_NAME_LENGTH,
  TRINO_SYSTEM,
  type TrinoActionOptions,
} from './actionContext';
import { endOf, KILLED } from './describeQuery';
import { preflightTrino } from './preflightTrino';
import { previewKill } from './previewKill';
import { KILL_TAKES_AT_MOST_MS, verifyKill } from './verifyKill';

const VERIFY_EVERY_MS = 250;

const inputSchema = z.object({
  connection: z
    .string()
    .min(1)
    .max(MAX_NAME_LENGTH)
    .meta({ title: 'Cluster', description: 'Connection id of the cluster' }),
  queryId: z.string().min(1).max(MAX_NAME_LENGTH).meta({
    title: 'Query',
    description: 'Id of the running query, as Trino shows it',
  }),
  message: z.string().trim().min(1).max(200).meta({
    title: 'Message',
    description:
      'Why it is killed. The person whose query it is sees exactly this.',
  }),
});

/** Ends a running query as an administrator, with a message to its owner. */
export function createKillQueryAction({ connections }: TrinoActionOptions) {
  async function find(
    connection: string,
    queryId: string,
    signal: AbortSignal,
  ) {
    return connections.get(connection).getQuery(queryId, { signal });
  }

  return createRunbookAction({
    id: 'trino:kill-query',
    title: 'Kill query',
    description:
      'Ends a running query; its client sees ADMINISTRATIVELY_KILLED with your message.',
    verb: 'Kill query',
    risk: 'medium',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: inputSchema,
      output: z.object({ outcome: z.literal('killed') }),
    },
    timeout: { seconds: 30 },
    target: ({ connection, queryId }) => ({
      system: TRINO_SYSTEM,
      connection,
      kind: 'query',
      name: queryId,
    }),
    lockKeys: ({ connection, queryId }) => [
      `trino/${connection}/query/${queryId}`,
    ],
    preflight: ({ target }) =>
      preflightTrino({ connections, target, capability: 'query.kill' }),

    async preview({ input, signal }) {
      const { connection, queryId } = input;
      const query = await find(connection, queryId, signal);
      if (!query) {
        throw new NotFoundError(
          `Trino ${connection} does not know query ${queryId} (any more). Check the id; Trino forgets queries some minutes after they ended.`,
        );
      }
      if (isFinalQueryState(query.state)) {
        throw new ConflictError(
          `Query ${queryId} has ended already (${endOf(
            query,
          )}): there is nothing to kill.`,
        );
      }
      const isOurOwn = query.source === connections.get(connection).source;
      return {
        content: previewKill(query, { message: input.message, isOurOwn }),
        fingerprint: { queryId, alive: true },
      };
    },

    async execute({ input, log }) {
      const { connection, queryId, message } = input;
      const result = await connections.get(connection).kill(queryId, message);
      if (result.outcome === 'not-found') {
        throw new NotFoundError(
          `Trino ${connection} does not know query ${queryId} any more: it ended before it could be killed.`,
        );
      }
      if (result.outcome === 'already-ended') {
        throw new ConflictError(
          `Query ${queryId} ended before it could be killed${
            result.state ? ` (${result.state})` : ''
          }.`,
        );
      }
      log.info(`Trino accepted to kill ${queryId}`);
      return { outcome: 'killed' as const };
    },

    async verify({ input, signal, log }) {
      const until = Date.now() + KILL_TAKES_AT_MOST_MS;
      let query: TrinoListedQuery | undefined;
      do {
        query = await find(input.connection, input.queryId, signal);
        if (!query || isFinalQueryState(query.state)) break;
        log.info(`${input.queryId} is still ${query.state}`);
        await sleep(VERIFY_EVERY_MS, undefined, { signal });
      } while (Date.now() < until);
      return verifyKill(input.queryId, query);
    },

    async reconcile({ input, signal }) {
      const query = await find(input.connection, input.queryId, signal);
      if (!query) {
        return {
          state: 'unknown',
          reason: `Trino does not know query ${input.queryId} any more, so how it ended can't be told.`,
        };
      }
      if (!isFinalQueryState(query.state)) {
        return {
          state: 'not-done',
          reason: `Query ${input.queryId} is ${query.state}.`,
        };
      }
      if (query.errorName === KILLED) {
        return { state: 'done', output: { outcome: 'killed' as const } };
      }
      return {
        state: 'not-done',
        reason: `Query ${input.queryId} ended by itself (${endOf(query)}).`,
      };
    },
  });
}
