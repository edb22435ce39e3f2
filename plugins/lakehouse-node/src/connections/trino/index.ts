export * from './TrinoConnection';
export * from './TrinoConnections';
