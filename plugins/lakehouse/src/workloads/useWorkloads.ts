import type {
  ConnectionView,
  WorkloadsRef,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

/** More Kubernetes connections than this are not asked what runs a cluster. */
const MAX_ASKED = 5;

/** The workloads that an annotation names, kept up to date; nothing without one. */
export function useWorkloads(ref: WorkloadsRef | undefined, range: TimeRange) {
  return useLakehouse({
    key: ref && `workloads ${JSON.stringify(ref)} ${timeRangeKey(range)}`,
    connection: ref?.connection,
    kinds: ['workloads', 'connection'],
    load: (api, options) => {
      if (!ref) throw new TypeError('There are no workloads to ask for.');
      return api.getWorkloads(ref, resolveTimeRange(range), options);
    },
  });
}

/**
 * The workloads that a system runs on, as config tells it: of the first
 * Kubernetes connection that has some; undefined in `data` when none has.
 */
export function useWorkloadsOf(options: {
  /** The connection of the system; asks nothing when absent. */
  of: string | undefined;
  connections: readonly ConnectionView[];
  range: TimeRange;
}) {
  const { of, range } = options;
  const asked = options.connections
    .filter(({ system }) => system === 'kubernetes')
    .slice(0, MAX_ASKED)
    .map(({ id }) => id);
  return useLakehouse<{ view?: WorkloadsView }>({
    key:
      of && asked.length > 0
        ? `workloads of ${of} on ${asked} ${timeRangeKey(range)}`
        : undefined,
    kinds: ['workloads'],
    load: async (api, request) => {
      const views = await Promise.allSettled(
        asked.map(connection =>
          api.getWorkloads(
            { connection },
            { of, ...resolveTimeRange(range) },
            request,
          ),
        ),
      );
      return {
        view: views.flatMap(answer =>
          answer.status === 'fulfilled' && answer.value.workloads.length > 0
            ? [answer.value]
            : [],
        )[0],
      };
    },
  });
}
