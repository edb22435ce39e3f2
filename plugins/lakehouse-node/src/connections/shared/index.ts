export { ConnectionRegistry } from './ConnectionRegistry';
export * from './describeConnectionError';
export * from './errors';
export * from './SystemConnection';
