export * from './run';
export * from './runbook';
