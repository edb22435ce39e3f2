export * from './CacheTelemetryReport';
