export * from './describeFailure';
