import { useLakehouse } from '../api';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

/** A cache over a span of time, kept up to date; nothing without a connection. */
export function useCache(connection: string | undefined, range: TimeRange) {
  return useLakehouse({
    key: connection && `cache ${connection} ${timeRangeKey(range)}`,
    connection,
    kinds: ['cache', 'connection'],
    load: (api, options) =>
      api.getCache(connection ?? '', resolveTimeRange(range), options),
  });
}
