export * from './Sli';
export * from './SloDefinition';
export * from './SloWindow';
