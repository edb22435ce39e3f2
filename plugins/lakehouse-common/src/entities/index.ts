export * from './annotations';
export * from './entityScope';
export * from './querySelector';
export * from './systemRefs';
export * from './tableRef';
