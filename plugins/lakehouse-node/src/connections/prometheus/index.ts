export * from './DefaultPrometheusConnection';
export * from './PrometheusConnection';
export type {
  PrometheusAuthConfig,
  PrometheusConnectionConfig,
} from './PrometheusConnectionConfig';
export * from './prometheusConnectionsServiceRef';
export * from './readPrometheusConnectionsConfig';
