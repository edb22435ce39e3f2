import { encode } from 'rison';
import { z } from 'zod';
import type { SupersetHttp } from '../http/SupersetHttp';
import type { SupersetList, SupersetListMark } from '../SupersetConnection';

/** FAB_API_MAX_PAGE_SIZE of Superset; a larger page is silently cut to it. */
const PAGE_SIZE = 100;

/** What to ask of a list, in the terms of Flask-AppBuilder. */
export interface ListQuery {
  readonly columns: readonly string[];
  readonly order?: {
    readonly column: string;
    readonly direction: 'asc' | 'desc';
  };
  readonly filters?: ReadonlyArray<{
    readonly col: string;
    readonly opr: string;
    readonly value: string | number;
  }>;
}

/** Which list, and how its rows are read. */
export interface ListRequest<T> {
  readonly http: SupersetHttp;
  /** What is asked for, as the subject of a sentence. */
  readonly what: string;
  /** For example `/api/v1/chart/`. */
  readonly path: string;
  readonly query: ListQuery;
  readonly schema: z.ZodType<T>;
  readonly signal?: AbortSignal;
  readonly statuses?: readonly number[];
}

/** The path of one page. */
export function pagePath(
  path: string,
  query: ListQuery & { page: number; pageSize: number },
): string {
  const q = encode({
    columns: query.columns,
    ...(query.filters ? { filters: query.filters } : {}),
    ...(query.order
      ? {
          order_column: query.order.column,
          order_direction: query.order.direction,
        }
      : {}),
    page: query.page,
    page_size: query.pageSize,
  });
  return `${path}?q=${encodeURIComponent(q)}`;
}

/**
 * Reads a list page by page, at most `maxItems`. A list that changes while it is read
 * gives each row once, and says when some were not seen. Nothing when the first page
 * was answered with one of `statuses`.
 */
export async function listPages<T extends { readonly id: string }>(
  options: ListRequest<T> & { maxItems: number },
): Promise<SupersetList<T> | { status: number; text: string }> {
  const { http, query, maxItems } = options;
  const byId = new Map<string, T>();
  let pages = 1;
  let total = 0;
  for (let page = 0; page < pages; page += 1) {
    const reply = await http.reply({
      what: options.what,
      method: 'GET',
      path: pagePath(options.path, { ...query, page, pageSize: PAGE_SIZE }),
      signal: options.signal,
      statuses: options.statuses,
      schema: z.object({
        count: z.number().int().nonnegative(),
        result: z.array(options.schema),
      }),
    });
    if (!reply.body) return { status: reply.status, text: reply.text };
    total = reply.body.count;
    for (const item of reply.body.result) byId.set(item.id, item);
    if (reply.body.result.length === 0 || byId.size >= total) break;
    // Pages are shorter than asked for where Superset is told so.
    if (page === 0) pages = Math.ceil(maxItems / reply.body.result.length);
  }
  const items = [...byId.values()].slice(0, maxItems);
  if (items.length >= total) return { items, total };
  return {
    items,
    total,
    incomplete:
      items.length >= maxItems
        ? `only ${items.length} of ${total} are read (maxObjects of the connection)`
        : `${items.length} of ${total} came; the list changed while it was read`,
  };
}

/** How many there are, and which changed last. */
export async function readMark(
  options: Omit<ListRequest<never>, 'schema' | 'query'> & { order: string },
): Promise<SupersetListMark> {
  const { count, result } = await options.http.json({
    what: options.what,
    method: 'GET',
    path: pagePath(options.path, {
      columns: ['id', 'changed_on_utc'],
      order: { column: options.order, direction: 'desc' },
      page: 0,
      pageSize: 1,
    }),
    signal: options.signal,
    schema: z.object({
      count: z.number().int().nonnegative(),
      result: z.array(
        z.object({
          id: z.union([z.number(), z.string()]),
          changed_on_utc: z.string().nullish(),
        }),
      ),
    }),
  });
  const newest = result.at(0);
  return {
    total: count,
    newest: newest && `${newest.id}@${newest.changed_on_utc ?? '?'}`,
  };
}
