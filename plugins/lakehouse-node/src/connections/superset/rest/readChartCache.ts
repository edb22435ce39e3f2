import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { saidBy } from '../http/errorOfStatus';
import type { SupersetHttp } from '../http/SupersetHttp';
import type { SupersetChartCache } from '../SupersetConnection';
import { chartDataSchema } from './schemas';

const WHAT = "The chart's data";
/** The shortest time that Superset can be told to keep an answer; 0 means its default, below that it does not look into the cache. */
const KEEP_SECONDS = 1;

const chartSchema = z.object({
  result: z.object({ query_context: z.string().nullish() }),
});
const contextSchema = z.looseObject({ queries: z.array(z.unknown()).min(1) });

/**
 * Whether the answer to a chart's saved query is cached. `custom_cache_timeout` is
 * no part of the cache key (Superset 6.1, superset/common/query_context_processor.py),
 * so that a cached answer is found as a dashboard finds it, and one that had to be made is
 * gone after a second.
 *
 * @throws NotFoundError when the account sees no such chart
 */
export async function readChartCache(options: {
  http: SupersetHttp;
  chartId: string;
  timeoutMs: number;
  /** Has it computed anew, whatever is cached: that is replaced by an answer that is gone after a second. */
  force?: boolean;
  signal?: AbortSignal;
}): Promise<SupersetChartCache> {
  const { http, chartId, signal, timeoutMs } = options;
  const chart = await http.reply({
    what: 'The chart',
    method: 'GET',
    path: `/api/v1/chart/${encodeURIComponent(chartId)}`,
    signal,
    statuses: [404],
    schema: chartSchema,
  });
  if (!chart.body) {
    throw new NotFoundError(
      `Superset shows this account no chart ${chartId}. It was deleted, or its dataset may not be read.`,
    );
  }
  const context = parseContext(chart.body.result.query_context);
  if (!context) {
    return {
      state: 'unknown',
      reason:
        'Superset has not kept its query: open the chart in Superset and save it once',
    };
  }
  const reply = await http.reply({
    what: WHAT,
    method: 'POST',
    path: '/api/v1/chart/data',
    body: {
      ...context,
      force: options.force ?? false,
      result_format: 'json',
      result_type: 'full',
      custom_cache_timeout: KEEP_SECONDS,
    },
    signal,
    timeoutMs,
    // 202: it was not cached, and Superset computes it in the background.
    statuses: [202, 400, 404, 422, 500],
    schema: chartDataSchema,
  });
  if (reply.status === 202) return { state: 'not-cached', cacheKeys: [] };
  if (!reply.body) {
    return {
      state: 'unknown',
      reason: `${reply.status} on its query${saidBy(reply.text)}`,
    };
  }
  const answers = reply.body.result;
  const failed = answers.find(answer => answer.error !== undefined);
  if (failed) {
    return { state: 'unknown', reason: `its query fails: ${failed.error}` };
  }
  const cacheKeys = answers.flatMap(({ cache_key: key }) => (key ? [key] : []));
  if (!answers.every(answer => answer.is_cached === true)) {
    return { state: 'not-cached', cacheKeys };
  }
  return {
    state: 'cached',
    cachedAt: answers
      .flatMap(({ cached_dttm: at }) => (at ? [at] : []))
      .sort()
      .at(0),
    cacheKeys,
  };
}

function parseContext(text: string | null | undefined) {
  if (!text) return undefined;
  try {
    const parsed = contextSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // What can't be read was not kept.
    return undefined;
  }
}
