import {
  DefaultPrometheusConnection,
  type PrometheusConnectionConfig,
} from '../../connections/prometheus';
import { createTestPrometheusConfig } from './createTestPrometheusConfig';
import type { PrometheusContractTarget } from './prometheusContract';

/** Opens connections to a server as they are asked for, and closes all. */
export function openPrometheusTarget(
  config: Partial<PrometheusConnectionConfig>,
  options: { close?: () => Promise<void> } = {},
): PrometheusContractTarget {
  const opened: DefaultPrometheusConnection[] = [];
  return {
    connect(overrides = {}) {
      const connection = DefaultPrometheusConnection.create(
        createTestPrometheusConfig({ ...config, ...overrides }),
      );
      opened.push(connection);
      return connection;
    },
    async close() {
      await Promise.all(opened.map(one => one.close()));
      await options.close?.();
    },
  };
}
