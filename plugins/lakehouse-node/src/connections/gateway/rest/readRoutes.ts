import type {
  GatewayBackend,
  GatewayRoute,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import type { GatewayRoutes } from '../GatewayConnection';
import type { GatewayHttp } from '../GatewayHttp';
import { toRoute } from '../toRoute';
import { readResult } from './readResult';

const PAGE_SIZE = 200;
export const MAX_ROUTES = 5000;

const pageSchema = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      queryId: z.string(),
      user: z.string().nullish(),
      source: z.string().nullish(),
      backendUrl: z.string(),
      captureTime: z.number(),
      routingGroup: z.string().nullish(),
    }),
  ),
});

/**
 * The newest ways that queries took, page by page until `since` or `limit`.
 * Rows that come in meanwhile move others to the next page, so that some are met twice.
 */
export async function readRoutes(options: {
  http: GatewayHttp;
  backends: readonly GatewayBackend[];
  since?: string;
  queryId?: string;
  limit: number;
  signal?: AbortSignal;
}): Promise<GatewayRoutes> {
  const { backends, limit } = options;
  const size = Math.min(limit, PAGE_SIZE);
  const found = new Map<string, GatewayRoute>();
  for (let page = 1; (page - 1) * size < MAX_ROUTES; page += 1) {
    const { rows, total } = await readPage({ ...options, page, size });
    for (const row of rows) {
      const route = toRoute(row, backends);
      if (options.since && route.capturedAt < options.since) {
        return { routes: [...found.values()], truncated: false };
      }
      if (!found.has(route.queryId) && found.size === limit) {
        return { routes: [...found.values()], truncated: true };
      }
      found.set(route.queryId, route);
    }
    if (rows.length < size || page * size >= total) {
      return { routes: [...found.values()], truncated: false };
    }
  }
  return { routes: [...found.values()], truncated: true };
}

function readPage(options: {
  http: GatewayHttp;
  queryId?: string;
  page: number;
  size: number;
  signal?: AbortSignal;
}) {
  const { http, page, size, queryId, signal } = options;
  const what = 'The query history';
  return http.send({
    what,
    method: 'POST',
    path: '/webapp/findQueryHistory',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page, size, queryId }),
    signal,
    retry: true,
    maxBytes: http.config.maxResponseBytes,
    limitField: 'maxResponseBytes',
    read: ({ text }) =>
      readResult({
        config: http.config,
        what,
        text,
        data: pageSchema,
      }),
  });
}
