import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { preflightSystem } from '../shared/preflightSystem';
import {
  connectionParameter,
  idParameter,
  SUPERSET_SYSTEM,
  type SupersetActionOptions,
} from './actionContext';
import { cachedChartSchema, cachedOf, lookAtCharts } from './lookAtCharts';
import { previewInvalidation } from './previewInvalidation';
import { stillCached, verifyInvalidation } from './verifyInvalidation';

const outputSchema = z.object({
  cachedBefore: z.array(cachedChartSchema),
  /** Charts that Superset left cached, and that were computed anew instead. */
  recomputed: z.array(z.string()),
});
const memorySchema = z.object({
  cachedBefore: z.array(cachedChartSchema).optional(),
});

/** Has Superset forget the cached answers of a dataset. */
export function createInvalidateCacheAction({
  connections,
  connectionChanged,
}: SupersetActionOptions) {
  return createRunbookAction({
    id: 'superset:invalidate-cache',
    title: 'Invalidate cache',
    description:
      'Has Superset forget the cached answers of a dataset, so that its charts show fresh data when they are next opened.',
    verb: 'Invalidate cache',
    risk: 'low',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z.object({
        connection: connectionParameter,
        datasetId: idParameter(
          'Dataset',
          'Number of the dataset whose cached answers are to go',
        ),
        recomputeRest: z.boolean().default(false).meta({
          title: 'Compute anew what Superset leaves',
          description:
            'Superset may accept and remove nothing, or only a part. Then the charts that are still cached are computed anew, one query each.',
        }),
      }),
      output: outputSchema,
    },
    timeout: { minutes: 5 },
    target: ({ connection, datasetId }) => ({
      system: SUPERSET_SYSTEM,
      connection,
      kind: 'dataset',
      name: datasetId,
    }),
    lockKeys: ({ connection, datasetId }) => [
      `superset/${connection}/dataset/${datasetId}`,
    ],
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Superset',
        connections,
        target,
        capabilities: ['cache.invalidate'],
      }),

    async preview({ input, signal }) {
      const connection = connections.get(input.connection);
      const [dataset, use] = await Promise.all([
        connection.dataset(input.datasetId, { signal }),
        connection.datasetUse(input.datasetId, { signal }),
      ]);
      const looked = await lookAtCharts(connection, use.charts, signal);
      return {
        content: previewInvalidation({ dataset, use, looked }),
        fingerprint: {
          dataset: dataset.name,
          charts: use.charts.map(({ id }) => id).sort(),
        },
      };
    },

    async execute({ input, signal, log, remember }) {
      const connection = connections.get(input.connection);
      const { charts } = await connection.datasetUse(input.datasetId, {
        signal,
      });
      const cachedBefore = cachedOf(
        await lookAtCharts(connection, charts, signal),
      );
      await remember({ cachedBefore });
      log.info(`${cachedBefore.length} of its charts are cached`);
      try {
        await connection.invalidateDataset(input.datasetId, { signal });
      } finally {
        connectionChanged(input.connection);
      }
      log.info('Superset accepted to forget its cached answers');
      if (!input.recomputeRest) return { cachedBefore, recomputed: [] };
      const recomputed: string[] = [];
      const left = stillCached(
        cachedBefore,
        await lookAtCharts(connection, cachedBefore, signal),
      );
      for (const { id, name } of left) {
        signal.throwIfAborted();
        log.info(`Superset left '${name}' cached: it is computed anew`);
        await connection.replaceChart(id, { signal });
        recomputed.push(id);
      }
      return { cachedBefore, recomputed };
    },

    async verify({ input, output, signal }) {
      const connection = connections.get(input.connection);
      const looked = await lookAtCharts(
        connection,
        output.cachedBefore,
        signal,
      );
      // Looking listed keys that are gone in a second, at which the next invalidation would stop.
      await connection.invalidateDataset(input.datasetId, { signal });
      connectionChanged(input.connection);
      return verifyInvalidation({ ...output, looked });
    },

    async reconcile({ input, memory, signal }) {
      const { cachedBefore } = memorySchema.parse(memory);
      if (!cachedBefore) {
        return {
          state: 'not-done',
          reason: 'Superset was not asked to forget anything yet.',
        };
      }
      const connection = connections.get(input.connection);
      const looked = await lookAtCharts(connection, cachedBefore, signal);
      const left = stillCached(cachedBefore, looked);
      if (cachedBefore.length > 0 && left.length === 0) {
        return { state: 'done', output: { cachedBefore, recomputed: [] } };
      }
      return {
        state: 'not-done',
        reason: `${left.length} of ${cachedBefore.length} charts that were cached are so still. It can be done again without harm.`,
      };
    },
  });
}
