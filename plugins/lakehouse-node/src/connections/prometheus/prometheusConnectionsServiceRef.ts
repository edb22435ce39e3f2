import { createConnectionsServiceRef } from '../shared/createConnectionsServiceRef';
import { DefaultPrometheusConnection } from './DefaultPrometheusConnection';
import type { PrometheusConnection } from './PrometheusConnection';
import { readPrometheusConnectionsConfig } from './readPrometheusConnectionsConfig';

/**
 * The Prometheus servers of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const prometheusConnectionsServiceRef =
  createConnectionsServiceRef<PrometheusConnection>({
    id: 'lakehouse.prometheus-connections',
    system: 'Prometheus',
    configKey: 'lakehouse.prometheus.connections',
    fromConfig: config =>
      readPrometheusConnectionsConfig(config).map(entry =>
        DefaultPrometheusConnection.create(entry),
      ),
  });
