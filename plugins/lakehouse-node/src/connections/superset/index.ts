export * from './config';
export { DefaultSupersetConnection } from './DefaultSupersetConnection';
export * from './SupersetConnection';
export { supersetConnectionsServiceRef } from './supersetConnectionsServiceRef';
