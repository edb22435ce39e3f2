export * from './BurnDownChart';
export * from './BurnRateChart';
export * from './sloMarks';
