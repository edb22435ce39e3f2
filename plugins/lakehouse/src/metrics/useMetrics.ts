import type { MetricsView } from '@lakehouse-ops/plugin-lakehouse-common';
import { LakehouseResource, useLakehouse } from '../api';

/** Alerts and scrape targets of one Prometheus, kept up to date. */
export function useMetrics(connection: string): LakehouseResource<MetricsView> {
  return useLakehouse({
    key: `metrics ${connection}`,
    connection,
    kinds: ['metrics', 'connection'],
    load: (api, options) => api.getMetrics(connection, options),
  });
}
