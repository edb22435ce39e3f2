export { readSupersetConnectionsConfig } from './readSupersetConnectionsConfig';
export * from './SupersetConnectionConfig';
