export * from './annotations';
export * from './entityScope';
export * from './querySelector';
export * from './tableRef';
