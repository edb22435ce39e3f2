export * from './SloHistory';
export * from './SloSummary';
export * from './SloView';
