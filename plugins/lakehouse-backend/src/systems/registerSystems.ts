import {
  lakehouseCacheReadPermission,
  lakehouseClusterReadPermission,
  lakehouseDashboardReadPermission,
  lakehouseQueryReadPermission,
  lakehouseTableReadPermission,
  lakehouseWorkloadReadPermission,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  GatewayConnection,
  KubernetesConnection,
  PrometheusConnection,
  RedisConnection,
  SupersetConnection,
  SystemConnections,
  TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { SystemRegistry } from './SystemRegistry';

/** The connections of the config, by the kind of system. */
export interface LakehouseConnections {
  readonly trino: TrinoConnections;
  readonly redis: SystemConnections<RedisConnection>;
  readonly superset: SystemConnections<SupersetConnection>;
  readonly kubernetes: SystemConnections<KubernetesConnection>;
  readonly prometheus: SystemConnections<PrometheusConnection>;
  readonly gateway: SystemConnections<GatewayConnection>;
}

/** @throws InputError when an id is used twice */
export function registerSystems(of: LakehouseConnections): SystemRegistry {
  return SystemRegistry.create([
    {
      system: 'trino',
      configKey: 'lakehouse.trino.connections',
      connections: of.trino,
      permissions: [
        lakehouseClusterReadPermission,
        lakehouseQueryReadPermission,
        lakehouseTableReadPermission,
      ],
    },
    {
      system: 'redis',
      configKey: 'lakehouse.redis.connections',
      connections: of.redis,
      permissions: [lakehouseCacheReadPermission],
    },
    {
      system: 'superset',
      configKey: 'lakehouse.superset.connections',
      connections: of.superset,
      permissions: [lakehouseDashboardReadPermission],
    },
    {
      system: 'kubernetes',
      configKey: 'lakehouse.kubernetes.connections',
      connections: of.kubernetes,
      permissions: [lakehouseWorkloadReadPermission],
    },
    {
      system: 'prometheus',
      configKey: 'lakehouse.prometheus.connections',
      connections: of.prometheus,
      permissions: [lakehouseClusterReadPermission],
    },
    {
      system: 'trino-gateway',
      configKey: 'lakehouse.trinoGateway.connections',
      connections: of.gateway,
      permissions: [lakehouseClusterReadPermission],
    },
  ]);
}
