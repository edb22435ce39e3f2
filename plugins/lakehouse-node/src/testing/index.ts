export * from './createFakeTrinoConnection';
export * from './TrinoContractTarget';
export * from './trinoConnectionContract';
