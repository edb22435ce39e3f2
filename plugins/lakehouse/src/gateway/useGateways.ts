import type {
  ConnectionView,
  GatewayView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

/** More gateways than this are not asked about a cluster or a query. */
export const MAX_GATEWAYS_ASKED = 5;

/** One gateway, kept up to date; nothing without a connection. */
export function useGateway(connection: string | undefined, range: TimeRange) {
  return useLakehouse({
    key: connection && `gateway ${connection} ${timeRangeKey(range)}`,
    connection,
    kinds: ['gateway', 'connection'],
    load: (api, options) =>
      api.getGateway(connection ?? '', resolveTimeRange(range), options),
  });
}

/** The gateways before a Trino connection. */
export function useGatewaysOf(options: {
  trino: string;
  connections: readonly ConnectionView[];
  range: TimeRange;
}) {
  const { trino, range } = options;
  const asked = options.connections
    .filter(({ system }) => system === 'trino-gateway')
    .slice(0, MAX_GATEWAYS_ASKED)
    .map(({ id }) => id);
  return useLakehouse<readonly GatewayView[]>({
    key:
      asked.length > 0
        ? `gateways of ${trino} ${asked} ${timeRangeKey(range)}`
        : undefined,
    kinds: ['gateway'],
    load: async (api, request) => {
      const views = await Promise.all(
        asked.map(id => api.getGateway(id, resolveTimeRange(range), request)),
      );
      return views.filter(({ backends }) =>
        backends.some(backend => backend.trino === trino),
      );
    },
  });
}
