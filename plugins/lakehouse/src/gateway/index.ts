export * from './backendActions';
export * from './BackendsTable';
export * from './GatewayPanel';
export * from './useGatewayRoute';
export * from './useGateways';
