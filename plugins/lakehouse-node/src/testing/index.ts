export * from './kubernetes';
export * from './createFakeTrinoConnection';
export * from './gateway/gatewayContract';
export * from './TrinoContractTarget';
export * from './trinoConnectionContract';
export * from './superset';
