export * from './connectionHealth';
export * from './systemTitles';
export * from './useConnections';
