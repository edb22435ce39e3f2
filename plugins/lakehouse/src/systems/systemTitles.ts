import type { LakehouseSystem } from '@lakehouse-ops/plugin-lakehouse-common';

/** The names of the systems. */
export const SYSTEM_TITLES: Record<LakehouseSystem, string> = {
  trino: 'Trino',
  redis: 'Redis',
  superset: 'Superset',
  kubernetes: 'Kubernetes',
  prometheus: 'Prometheus',
  'trino-gateway': 'Trino Gateway',
};
