import { ConflictError, InputError } from '@backstage/errors';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { preflightSystem } from '../shared/preflightSystem';
import {
  connectionParameter,
  idParameter,
  SUPERSET_SYSTEM,
  type SupersetActionOptions,
} from './actionContext';
import { lookAtCharts } from './lookAtCharts';
import { previewWarmUp } from './previewWarmUp';
import { verifyWarmUp } from './verifyWarmUp';
import { warmedSchema, failedSchema } from './warmUpResult';

const MOST_CHARTS = 200;

const tallySchema = z.object({
  warmed: z.array(warmedSchema),
  failed: z.array(failedSchema),
});
const memorySchema = tallySchema.extend({ of: z.number() }).partial();

/** Computes all charts of a dashboard anew and caches them, one after another. */
export function createWarmDashboardAction({
  connections,
  connectionChanged,
}: SupersetActionOptions) {
  async function read(
    input: { connection: string; dashboardId: string },
    signal: AbortSignal,
  ) {
    const connection = connections.get(input.connection);
    const [dashboard, charts] = await Promise.all([
      connection.dashboard(input.dashboardId, { signal }),
      connection.charts({ dashboardId: input.dashboardId, signal }),
    ]);
    if (charts.items.length > MOST_CHARTS) {
      throw new InputError(
        `dashboardId: '${dashboard.title}' has ${charts.items.length} charts, more than the ${MOST_CHARTS} that are warmed at once. Warm it in Superset (superset.tasks.cache).`,
      );
    }
    return { dashboard, charts: charts.items };
  }

  return createRunbookAction({
    id: 'superset:warm-dashboard',
    title: 'Warm dashboard',
    description:
      'Has Superset compute all charts of a dashboard anew and cache them, so that the next one to open it sees fresh data without waiting.',
    verb: 'Warm dashboard',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z.object({
        connection: connectionParameter,
        dashboardId: idParameter('Dashboard', 'Number of the dashboard'),
        mayFail: z.number().int().min(0).max(MOST_CHARTS).default(0).meta({
          title: 'May fail',
          description:
            'So many charts may fail, as they did before; they are named all the same',
        }),
      }),
      output: tallySchema,
    },
    timeout: { hours: 1 },
    target: ({ connection, dashboardId }) => ({
      system: SUPERSET_SYSTEM,
      connection,
      kind: 'dashboard',
      name: dashboardId,
    }),
    lockKeys: ({ connection, dashboardId }) => [
      `superset/${connection}/dashboard/${dashboardId}`,
    ],
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Superset',
        connections,
        target,
        capabilities: ['cache.warm'],
      }),

    async preview({ input, signal }) {
      const { dashboard, charts } = await read(input, signal);
      return {
        content: previewWarmUp(dashboard, charts),
        fingerprint: {
          dashboard: dashboard.title,
          charts: charts.map(({ id }) => id).sort(),
        },
      };
    },

    async execute({ input, signal, log, remember }) {
      const connection = connections.get(input.connection);
      const { charts } = await read(input, signal);
      const tally: z.output<typeof tallySchema> = { warmed: [], failed: [] };
      try {
        for (const [index, { id, name }] of charts.entries()) {
          signal.throwIfAborted();
          log.progress(
            index / charts.length,
            `${index + 1} of ${charts.length}: ${name}`,
          );
          const result = await connection.warmChart(id, {
            dashboardId: input.dashboardId,
            signal,
          });
          if (result.ok) {
            tally.warmed.push({ id, name });
          } else {
            tally.failed.push({ id, name, error: result.error ?? 'unknown' });
            log.warn(`${name} failed: ${result.error ?? 'unknown'}`);
          }
          await remember({ ...tally, of: charts.length });
        }
      } finally {
        connectionChanged(input.connection);
      }
      if (charts.length > 0 && tally.warmed.length === 0) {
        throw new ConflictError(
          `None of the ${charts.length} charts could be computed. The first one: ${tally.failed[0].error}`,
        );
      }
      log.progress(1, `${tally.warmed.length} of ${charts.length} are warm`);
      return tally;
    },

    async verify({ input, output, signal }) {
      const connection = connections.get(input.connection);
      const looked = await lookAtCharts(connection, output.warmed, signal);
      return verifyWarmUp({ ...output, mayFail: input.mayFail }, looked);
    },

    async reconcile({ memory }) {
      const { warmed = [], failed = [], of } = memorySchema.parse(memory);
      if (of === undefined) {
        return {
          state: 'not-done',
          reason:
            'No chart was computed to its end; Superset may still be at the first one.',
        };
      }
      if (warmed.length > 0 && warmed.length + failed.length === of) {
        return { state: 'done', output: { warmed, failed } };
      }
      return {
        state: warmed.length > 0 ? 'partly-done' : 'not-done',
        reason: `${warmed.length} of ${of} charts are warm, ${
          failed.length
        } failed, ${
          of - warmed.length - failed.length
        } were not reached. Superset may still be at one of these.`,
      };
    },
  });
}
