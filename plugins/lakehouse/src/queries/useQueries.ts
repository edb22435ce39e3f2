import type { QueryFilter } from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import {
  QUERY_PAGE_SIZE,
  QueryListState,
  resolveTimeRange,
  TimeRange,
  timeRangeKey,
} from '../url';

/** Enough to see a shape, few enough for a bar each. */
const BUCKETS = 60;

/** A page of queries, kept up to date. */
export function useQueries(
  connection: string,
  list: QueryListState,
  range: TimeRange,
) {
  return useLakehouse({
    key: `queries ${connection} ${timeRangeKey(range)} ${JSON.stringify(list)}`,
    connection,
    kinds: ['queries'],
    load: (api, options) =>
      api.getQueries(
        connection,
        {
          ...list.filter,
          ...resolveTimeRange(range),
          sort: list.sort,
          order: list.order,
          limit: QUERY_PAGE_SIZE,
          offset: list.page * QUERY_PAGE_SIZE,
        },
        options,
      ),
  });
}

/** Statistics of the queries that match, kept up to date. */
export function useQueryStats(
  connection: string | undefined,
  filter: QueryFilter,
  range: TimeRange,
) {
  return useLakehouse({
    key:
      connection === undefined
        ? undefined
        : `stats ${connection} ${timeRangeKey(range)} ${JSON.stringify(
            filter,
          )}`,
    connection,
    kinds: ['queries'],
    load: (api, options) =>
      api.getQueryStats(
        connection ?? '',
        { ...filter, ...resolveTimeRange(range), buckets: BUCKETS },
        options,
      ),
  });
}

/** One query, kept up to date; nothing without an id. */
export function useQuery(connection: string, queryId: string | undefined) {
  return useLakehouse({
    key: queryId === undefined ? undefined : `query ${connection} ${queryId}`,
    connection,
    kinds: ['queries'],
    load: (api, options) => api.getQuery(connection, queryId ?? '', options),
  });
}
