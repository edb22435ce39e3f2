import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { formatBytes } from '../shared/formatBytes';
import { formatMs } from '../shared/formatMs';
import { MAX_NAME_LENGTH, type TrinoActionOptions } from './actionContext';
import { clusterShape, clusterTarget } from './connectionInput';
import { preflightTrino } from './preflightTrino';
import { queriesOutputSchema, summarizeQueries } from './summarizeQueries';

const MAX_MINUTES = 24 * 60;
const MAX_TOP = 20;
const MINUTE_MS = 60_000;

const name = (title: string, description: string) =>
  z.string().max(MAX_NAME_LENGTH).default('').meta({ title, description });

const inputSchema = z.object({
  ...clusterShape,
  source: name('Source', 'Only queries of this source; of all unless given'),
  user: name('User', 'Only queries of this user; of all unless given'),
  minutes: z.number().int().min(1).max(MAX_MINUTES).default(15).meta({
    title: 'Minutes',
    description:
      'Ended queries of so many minutes are counted, as far back as the coordinator remembers',
  }),
  top: z.number().int().min(1).max(MAX_TOP).default(5).meta({
    title: 'At most',
    description: 'So many of the biggest and longest queries are told',
  }),
});

/** Sums up what runs, waits and has ended on a cluster. */
export function createCheckQueriesAction({ connections }: TrinoActionOptions) {
  return createCheckAction({
    id: 'trino:check-queries',
    title: 'Check queries',
    description:
      'Sums up what runs, waits, failed and was slow on a cluster, with the biggest and longest queries.',
    schema: { input: inputSchema, output: queriesOutputSchema },
    timeout: { minutes: 1 },
    target: clusterTarget,
    preflight: ({ target }) =>
      preflightTrino({ connections, target, capability: 'query.list' }),

    async look({ input, signal }) {
      const connection = connections.get(input.connection);
      const listed = await connection.listQueries({ signal });
      const now = new Date();
      return summarizeQueries(
        listed.filter(
          ({ source, user }) =>
            source !== connection.source &&
            (input.source === '' || source === input.source) &&
            (input.user === '' || user === input.user),
        ),
        {
          now,
          since: new Date(now.getTime() - input.minutes * MINUTE_MS),
          top: input.top,
        },
      );
    },

    report(input, output) {
      const [error] = output.errors;
      return {
        summary: `${output.running} queries run and ${output.queued} wait; of ${
          output.finished + output.failed
        } that ended within ${input.minutes} minutes ${output.failed} failed${
          error ? `, most with ${error.name}` : ''
        }.`,
        metrics: [
          { label: 'Running', unit: 'count', after: output.running },
          {
            label: 'Queued',
            unit: 'count',
            after: output.queued,
            better: 'lower',
          },
          {
            label: 'Failed',
            unit: 'percent',
            after: output.failedPercent,
            better: 'lower',
          },
          {
            label: 'Wall time, 95th percentile',
            unit: 'ms',
            after: output.p95Ms,
            better: 'lower',
          },
        ],
        samples: {
          columns: ['Query', 'By', 'State', 'For', 'Memory'],
          rows: output.biggest.map(query => [
            query.queryId,
            `${query.user} (${query.source})`,
            query.state,
            formatMs(query.elapsedMs),
            formatBytes(query.memoryBytes),
          ]),
          total: output.running,
        },
      };
    },
  });
}
