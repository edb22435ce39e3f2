export * from './useWorkloads';
export * from './workloadActions';
export * from './workloadHealth';
export * from './WorkloadsSection';
