export * from './approval';
export * from './run';
export * from './runbook';
export * from './runbookFile';
export * from './suggestion';
