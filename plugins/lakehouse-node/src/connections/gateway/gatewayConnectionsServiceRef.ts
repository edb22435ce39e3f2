import { createConnectionsServiceRef } from '../shared/createConnectionsServiceRef';
import { DefaultGatewayConnection } from './DefaultGatewayConnection';
import type { GatewayConnection } from './GatewayConnection';
import { readGatewayConnectionsConfig } from './readGatewayConnectionsConfig';

/**
 * The gateways of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const gatewayConnectionsServiceRef =
  createConnectionsServiceRef<GatewayConnection>({
    id: 'lakehouse.gateway-connections',
    system: 'Trino Gateway',
    configKey: 'lakehouse.trinoGateway.connections',
    fromConfig: config =>
      readGatewayConnectionsConfig(config).map(entry =>
        DefaultGatewayConnection.create(entry),
      ),
  });
