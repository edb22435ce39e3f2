export * from './ConcurrencyChart';
export * from './DurationHistogram';
export * from './FileSizeHistogram';
export * from './HistoryChart';
export * from './LatencyBandChart';
export * from './MemoryChart';
export * from './Sparkline';
export type { TimeSpan } from './timeAxis';
