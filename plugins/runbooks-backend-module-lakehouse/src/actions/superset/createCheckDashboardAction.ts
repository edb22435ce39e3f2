import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { formatMs } from '../shared/formatMs';
import { preflightSystem } from '../shared/preflightSystem';
import {
  connectionParameter,
  idParameter,
  SUPERSET_SYSTEM,
  type SupersetActionOptions,
} from './actionContext';
import { cachedOf, lookAtCharts, MOST_LOOKS } from './lookAtCharts';

const MINUTE_MS = 60_000;

const outputSchema = z.object({
  title: z.string(),
  charts: z.number(),
  /** Charts that were looked at; at most 20. */
  looked: z.number(),
  cached: z.number(),
  /** Cached for longer than allowed. */
  stale: z.number(),
  /** Charts whose query fails, or that can't be asked. */
  failing: z.number(),
  oldestMinutes: z.number().optional(),
  /** Datasets that its charts are made of. */
  datasets: z.array(z.string()),
});

/** Looks how old the figures are that a dashboard shows. */
export function createCheckDashboardAction({
  connections,
}: Pick<SupersetActionOptions, 'connections'>) {
  return createCheckAction({
    id: 'superset:check-dashboard',
    title: 'Check dashboard',
    description:
      'Tells how old the cached answers of a dashboard’s charts are. Charts that are not cached are computed for it.',
    schema: {
      input: z.object({
        connection: connectionParameter,
        dashboardId: idParameter('Dashboard', 'Number of the dashboard'),
        maxAgeMinutes: z.number().int().min(1).max(525_600).default(60).meta({
          title: 'Old is beyond (minutes)',
          description: 'Answers that were cached longer ago are stale',
        }),
      }),
      output: outputSchema,
    },
    timeout: { minutes: 10 },
    target: ({ connection, dashboardId }) => ({
      system: SUPERSET_SYSTEM,
      connection,
      kind: 'dashboard',
      name: dashboardId,
    }),
    preflight: ({ target }) =>
      preflightSystem({
        system: 'Superset',
        connections,
        target,
        capabilities: [],
      }),

    async look({ input, signal }) {
      const connection = connections.get(input.connection);
      const [dashboard, { items: charts }] = await Promise.all([
        connection.dashboard(input.dashboardId, { signal }),
        connection.charts({ dashboardId: input.dashboardId, signal }),
      ]);
      const looked = await lookAtCharts(connection, charts, signal);
      const ages = cachedOf(looked).flatMap(({ cachedAt }) =>
        cachedAt === undefined
          ? []
          : [Math.max(0, Date.now() - Date.parse(cachedAt)) / MINUTE_MS],
      );
      return {
        title: dashboard.title,
        charts: charts.length,
        looked: looked.length,
        cached: cachedOf(looked).length,
        stale: ages.filter(age => age > input.maxAgeMinutes).length,
        failing: looked.filter(({ cache }) => cache.state === 'unknown').length,
        oldestMinutes: ages.length ? Math.round(Math.max(...ages)) : undefined,
        datasets: [
          ...new Set(charts.flatMap(({ datasetId }) => datasetId ?? [])),
        ].sort(),
      };
    },

    report: (input, output) => ({
      summary: `'${output.title}': ${output.stale} of ${
        output.looked
      } charts show answers that are older than ${formatMs(
        input.maxAgeMinutes * MINUTE_MS,
      )}${output.failing ? `, ${output.failing} fail` : ''}.`,
      metrics: [
        {
          label: 'Stale charts',
          unit: 'count',
          after: output.stale,
          better: 'lower',
        },
        {
          label: 'Charts that fail',
          unit: 'count',
          after: output.failing,
          better: 'lower',
        },
        {
          label: 'Age of the oldest answer',
          unit: 'ms',
          after:
            output.oldestMinutes === undefined
              ? undefined
              : output.oldestMinutes * MINUTE_MS,
          better: 'lower',
        },
      ],
      warnings:
        output.charts > MOST_LOOKS
          ? [
              `It has ${output.charts} charts; ${MOST_LOOKS} of them were looked at.`,
            ]
          : [],
    }),
  });
}
