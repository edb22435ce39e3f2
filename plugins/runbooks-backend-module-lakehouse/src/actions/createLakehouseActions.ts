import type {
  LakehouseSystem,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  GatewayConnections,
  KubernetesConnection,
  PrometheusConnections,
  RedisConnections,
  SupersetConnection,
  SystemConnections,
  TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { createGatewayActions } from './gateway/createGatewayActions';
import { createHttpActions } from './http/createHttpActions';
import type { HttpEndpoint } from './http/readHttpCheckConfig';
import { createKubernetesActions } from './kubernetes/createKubernetesActions';
import { createPrometheusActions } from './prometheus/createPrometheusActions';
import { createRedisActions } from './redis/createRedisActions';
import { createSupersetActions } from './superset/createSupersetActions';
import { createTrinoActions } from './trino/createTrinoActions';

/** All actions on the systems of a lakehouse. */
export function createLakehouseActions(options: {
  gateway: GatewayConnections;
  kubernetes: SystemConnections<KubernetesConnection>;
  prometheus: PrometheusConnections;
  redis: RedisConnections;
  superset: SystemConnections<SupersetConnection>;
  trino: TrinoConnections;
  httpEndpoints: ReadonlyMap<string, HttpEndpoint>;
  /** Told after an action may have changed a table. Never fails. */
  tableChanged: (table: TableRef) => void;
  /** Told after an action may have changed a system. Never fails. */
  connectionChanged: (system: LakehouseSystem, connection: string) => void;
}): RunbookAction[] {
  const { trino } = options;
  const changed = (system: LakehouseSystem) => (connection: string) =>
    options.connectionChanged(system, connection);
  return [
    ...createTrinoActions({
      connections: trino,
      tableChanged: options.tableChanged,
    }),
    ...createRedisActions({
      connections: options.redis,
      connectionChanged: changed('redis'),
    }),
    ...createSupersetActions({
      connections: options.superset,
      connectionChanged: changed('superset'),
    }),
    ...createGatewayActions({
      connections: options.gateway,
      trino,
      connectionChanged: changed('trino-gateway'),
    }),
    ...createKubernetesActions({
      connections: options.kubernetes,
      trino,
      connectionChanged: changed('kubernetes'),
    }),
    ...createPrometheusActions({ connections: options.prometheus }),
    ...createHttpActions({ endpoints: options.httpEndpoints }),
  ];
}
