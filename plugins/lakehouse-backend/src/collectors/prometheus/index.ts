export * from './createPrometheusCollectors';
