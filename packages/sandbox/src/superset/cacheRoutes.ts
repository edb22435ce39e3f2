import { z } from 'zod';
import { json } from '../server/Reply';
import { message, read, type Route } from './route';
import { naive } from './supersetRows';
import type { SupersetWorld } from './SupersetWorld';

const dataSchema = z.object({
  datasource: z.object({ id: z.number() }),
  queries: z.array(z.looseObject({ columns: z.array(z.string()).optional() })),
  force: z.boolean().nullish(),
  custom_cache_timeout: z.number().optional(),
});
const invalidateSchema = z.object({
  datasource_uids: z.array(z.string()).default([]),
});
const warmSchema = z.object({ chart_id: z.number() });
/** Data of charts, and what is kept of it. */
export function cacheRoutes(world: SupersetWorld): Route[] {
  return [
    {
      method: 'POST',
      pattern: /^\/api\/v1\/chart\/data$/,
      right: 'can_read on Chart',
      answer: ({ request, user }) => {
        const body = read(dataSchema, request);
        if (!body) return message(400, 'Request is incorrect');
        if (!world.mayRead(user, body.datasource.id)) {
          return message(403, 'The datasource may not be accessed');
        }
        const answers = world.compute({
          datasetId: body.datasource.id,
          queries: body.queries,
          force: body.force ?? false,
          keepSeconds: body.custom_cache_timeout,
        });
        if (!answers) return message(404, 'Not found');
        const failed = answers.find(one => one.error !== undefined);
        if (failed) return message(400, `Error: ${failed.error}`);
        return json({
          result: answers.map(one => ({
            cache_key: one.key,
            cached_dttm:
              one.cachedMs === undefined
                ? null
                : naive(Math.floor(one.cachedMs / 1000) * 1000),
            is_cached: one.cachedMs === undefined ? null : true,
            error: null,
            status: 'success',
            data: [{ count: 1 }],
          })),
        });
      },
    },
    {
      method: 'PUT',
      pattern: /^\/api\/v1\/chart\/warm_up_cache$/,
      right: 'can_warm_up_cache on Chart',
      csrf: true,
      answer: ({ request }) => {
        const body = read(warmSchema, request);
        const chart = world.charts.find(one => one.id === body?.chart_id);
        if (!chart) return message(404, 'Chart not found');
        const error = chart.unsaved
          ? "Chart's query context does not exist"
          : world
              .compute({
                ...world.queryContext(chart),
                datasetId: chart.datasetId,
                force: true,
                keepSeconds: chart.cacheTimeoutSeconds,
              })
              ?.find(one => one.error)?.error;
        return json({
          result: [
            {
              chart_id: chart.id,
              viz_error: error ?? null,
              viz_status: error ? null : 'success',
            },
          ],
        });
      },
    },
    {
      method: 'POST',
      pattern: /^\/api\/v1\/cachekey\/invalidate$/,
      right: 'can_invalidate on CacheRestApi',
      csrf: true,
      answer: ({ request }) => {
        const body = read(invalidateSchema, request);
        if (!body) return message(400, 'Request is incorrect');
        world.cache.invalidate(body.datasource_uids, world.nowMs);
        return { ...json({}), status: 201 };
      },
    },
  ];
}
