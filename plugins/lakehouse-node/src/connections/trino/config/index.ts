export * from './readTrinoConnectionsConfig';
export * from './TrinoConnectionConfig';
