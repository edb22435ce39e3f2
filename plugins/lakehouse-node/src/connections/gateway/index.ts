export * from './DefaultGatewayConnection';
export * from './GatewayConnection';
export type {
  GatewayAuthConfig,
  GatewayConnectionConfig,
  GatewayMonitor,
} from './GatewayConnectionConfig';
export * from './gatewayConnectionsServiceRef';
export * from './readGatewayConnectionsConfig';
