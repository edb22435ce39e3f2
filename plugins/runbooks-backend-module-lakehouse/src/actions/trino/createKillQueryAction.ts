import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { isFinalQueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import {
  MAX_NAME_LENGTH,
  TRINO_SYSTEM,
  type TrinoActionOptions,
} from './actionContext';
import { formatMs, queryOwner, queryTextSample } from './describeQuery';
import { preflightTrino } from './preflightTrino';

/** Trino's name of what a killed query ends with (code 38, USER_ERROR). */
const KILLED = 'ADMINISTRATIVELY_KILLED';
const VERIFY_FOR_MS = 10_000;
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
        content: previewOf(query, { message: input.message, isOurOwn }),
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
      const until = Date.now() + VERIFY_FOR_MS;
      let query: TrinoListedQuery | undefined;
      do {
        query = await find(input.connection, input.queryId, signal);
        if (!query || isFinalQueryState(query.state)) break;
        log.info(`${input.queryId} is still ${query.state}`);
        await sleep(VERIFY_EVERY_MS, undefined, { signal });
      } while (Date.now() < until);
      return verificationOf(input.queryId, query);
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

function endOf(query: TrinoListedQuery): string {
  return query.errorName ? `${query.state}, ${query.errorName}` : query.state;
}

function previewOf(
  query: TrinoListedQuery,
  options: { message: string; isOurOwn: boolean },
): PreviewContent {
  const ran = query.elapsedMs === undefined ? '–' : formatMs(query.elapsedMs);
  const cpu = query.cpuMs === undefined ? '–' : formatMs(query.cpuMs);
  return {
    summary: `Ends query ${query.queryId} of ${queryOwner(
      query,
    )}, which has been there for ${ran}. Its client gets ${KILLED} with your message.`,
    changes: [
      {
        label: 'State',
        before: query.state,
        after: `FAILED (${KILLED})`,
        unit: 'text',
      },
      { label: 'Message to its owner', after: options.message, unit: 'text' },
      { label: 'CPU time that is lost', before: cpu, unit: 'text' },
    ],
    samples: {
      columns: ['User', 'Source', 'State', 'Running', 'Query'],
      rows: [
        [
          query.user,
          query.source ?? '–',
          query.state,
          ran,
          queryTextSample(query.query),
        ],
      ],
      total: 1,
    },
    untouched: [
      'Other queries of the same user.',
      'Data: what the query has written so far is not committed.',
    ],
    warnings: options.isOurOwn
      ? ['This query is one of Lakehouse Ops itself; it will be sent again.']
      : [],
  };
}

function verificationOf(queryId: string, query: TrinoListedQuery | undefined) {
  const metrics = [
    {
      label: 'State',
      unit: 'text' as const,
      before: 'alive',
      after: query ? endOf(query) : 'unknown',
    },
  ];
  if (!query) {
    return {
      outcome: 'inconclusive' as const,
      summary: `Trino accepted to kill ${queryId}, and does not know it any more.`,
      metrics,
    };
  }
  if (query.errorName === KILLED) {
    return {
      outcome: 'verified' as const,
      summary: `Query ${queryId} ended with ${KILLED}.`,
      metrics,
    };
  }
  if (isFinalQueryState(query.state)) {
    return {
      outcome: 'inconclusive' as const,
      summary: `Query ${queryId} ended on its own before the kill took effect (${endOf(
        query,
      )}).`,
      metrics,
    };
  }
  return {
    outcome: 'not-verified' as const,
    summary: `Query ${queryId} is still ${query.state} ${
      VERIFY_FOR_MS / 1000
    } s after Trino accepted to kill it.`,
    metrics,
  };
}
