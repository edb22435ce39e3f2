import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { LakehouseResource, useLakehouse } from '../api';

/** All connections, kept up to date. */
export function useConnections(): LakehouseResource<{
  items: ConnectionView[];
}> {
  return useLakehouse({
    key: 'connections',
    kinds: ['connection'],
    load: (api, options) => api.getConnections(options),
  });
}
