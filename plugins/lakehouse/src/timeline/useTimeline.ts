import { useLakehouse } from '../api';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

/** What happened, of one connection or of all, kept up to date. */
export function useTimeline(connection: string | undefined, range: TimeRange) {
  return useLakehouse({
    key: `timeline ${connection ?? ''} ${timeRangeKey(range)}`,
    connection,
    // Events come with what any of these looks at; it is polled as slowly as the slowest.
    kinds: ['connection'],
    load: (api, options) =>
      api.getTimeline({ connection, ...resolveTimeRange(range) }, options),
  });
}
