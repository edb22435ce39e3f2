import { useLakehouse } from '../api';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

/** A cluster over a span of time, kept up to date. */
export function useCluster(connection: string | undefined, range: TimeRange) {
  return useLakehouse({
    key:
      connection === undefined
        ? undefined
        : `cluster ${connection} ${timeRangeKey(range)}`,
    connection,
    kinds: ['cluster', 'connection'],
    load: (api, options) =>
      api.getCluster(connection ?? '', resolveTimeRange(range), options),
  });
}
