import { z } from 'zod';
import type { HttpRequest } from '../http/startHttpServer';
import type { ExactJson } from '../protocol/exactJson';
import { json, type Reply } from '../server/Reply';
import { readRison } from './readRison';

/** FAB_API_MAX_PAGE_SIZE: larger pages are cut to it without a word. */
const LARGEST_PAGE = 100;

const querySchema = z.object({
  order_column: z.string().default('id'),
  order_direction: z.enum(['asc', 'desc']).default('asc'),
  page: z.number().default(0),
  page_size: z.number().default(20),
  filters: z
    .array(z.object({ col: z.string(), opr: z.string(), value: z.unknown() }))
    .default([]),
});

/** What Superset orders by under another name. */
const ORDERED_BY: Record<string, string> = {
  changed_on_delta_humanized: 'changed_on_utc',
  changed_on: 'changed_on_utc',
  start_dttm: 'start_dttm',
};

/** A page of a list, as Flask-AppBuilder gives it. */
export function listReply(
  request: HttpRequest,
  rows: ReadonlyArray<Record<string, ExactJson>>,
): Reply {
  const text = request.query.get('q');
  const query = querySchema.parse(text ? readRison(text) : {});
  const by = ORDERED_BY[query.order_column] ?? query.order_column;
  const sign = query.order_direction === 'asc' ? 1 : -1;
  const keyOf = (row: Record<string, ExactJson>) =>
    String(row[by] ?? row.id ?? '');
  const kept = rows
    .filter(row =>
      query.filters.every(filter => {
        const value = row[filter.col];
        if (filter.opr === 'rel_m_m') {
          return JSON.stringify(value ?? []).includes(
            `"id":${String(filter.value)},`,
          );
        }
        return value === filter.value;
      }),
    )
    .sort((a, b) => sign * keyOf(a).localeCompare(keyOf(b)));
  const size = Math.min(query.page_size, LARGEST_PAGE);
  const result = kept.slice(query.page * size, (query.page + 1) * size);
  return json({
    count: kept.length,
    ids: result.map(row => row.id ?? null),
    result,
  });
}
