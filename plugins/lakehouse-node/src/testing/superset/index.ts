export * from './supersetContract';
export * from './SupersetContractTarget';
