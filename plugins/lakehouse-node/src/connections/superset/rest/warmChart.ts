import { NotFoundError } from '@backstage/errors';
import { saidBy } from '../http/errorOfStatus';
import type { SupersetHttp } from '../http/SupersetHttp';
import type { SupersetWarmUp } from '../SupersetConnection';
import { warmUpSchema } from './schemas';

/**
 * Has a chart computed anew and cached.
 *
 * @throws NotFoundError when there is no such chart
 */
export async function warmChart(options: {
  http: SupersetHttp;
  chartId: string;
  dashboardId?: string;
  timeoutMs: number;
  signal?: AbortSignal;
}): Promise<SupersetWarmUp> {
  const { http, chartId, dashboardId } = options;
  const reply = await http.reply({
    what: 'The answer to warming a chart',
    method: 'PUT',
    path: '/api/v1/chart/warm_up_cache',
    csrf: true,
    body: {
      chart_id: Number(chartId),
      ...(dashboardId === undefined
        ? {}
        : { dashboard_id: Number(dashboardId) }),
    },
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    statuses: [404, 422, 500],
    schema: warmUpSchema,
  });
  if (reply.status === 404) {
    throw new NotFoundError(`Superset has no chart ${chartId} (any more).`);
  }
  if (!reply.body) {
    return { ok: false, error: `${reply.status}${saidBy(reply.text)}` };
  }
  const one = reply.body.result.at(0);
  const error = describe(one?.viz_error);
  return one && error === undefined && one.viz_status !== 'failed'
    ? { ok: true }
    : { ok: false, error: error ?? 'Superset did not say why' };
}

/** Superset's error of a chart: a text, or a list of objects with messages. */
function describe(error: unknown): string | undefined {
  if (error === null || error === undefined || error === '') return undefined;
  const text = typeof error === 'string' ? error : JSON.stringify(error);
  return text.slice(0, 500);
}
