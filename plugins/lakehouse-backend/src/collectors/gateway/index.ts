export * from './createGatewayCollectors';
