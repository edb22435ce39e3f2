export * from './MetricsAlertsTable';
export * from './MetricsPanel';
export * from './TargetsTable';
export * from './useMetrics';
