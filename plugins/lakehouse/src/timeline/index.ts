export * from './TimelineSection';
