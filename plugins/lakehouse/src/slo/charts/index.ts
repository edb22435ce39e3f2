export * from './BurnDownChart';
export * from './BurnRateChart';
export * from './historyWithin';
export * from './sloMarks';
export * from './withoutVainForecast';
