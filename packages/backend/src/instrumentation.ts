import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const MAX_PORT = 65_535;

/**
 * Shows all figures of the backend to Prometheus at `/metrics` of this port of
 * 127.0.0.1. It must stand before the plugins: what they measure earlier is lost.
 *
 * @throws Error when the variable is no port
 */
function showMetrics(variable: string): void {
  const text = process.env[variable];
  if (text === undefined || text === '') return;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw new Error(
      `${variable} is '${text}'. Write a port from 1 to ${MAX_PORT}, or leave it out to show no metrics.`,
    );
  }
  metrics.setGlobalMeterProvider(
    new MeterProvider({
      readers: [new PrometheusExporter({ host: '127.0.0.1', port })],
    }),
  );
}

showMetrics('BACKEND_METRICS_PORT');
