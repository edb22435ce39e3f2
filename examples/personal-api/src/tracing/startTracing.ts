import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

/** Spans are made, so that traces go on through the service, but nobody gets them. */
const KEEP_NOTHING = {
  onStart() {},
  onEnd() {},
  forceFlush: async () => {},
  shutdown: async () => {},
};

/**
 * Starts tracing for the process. Spans are exported as the OTEL_ variables
 * tell, when there is anyone to take them.
 *
 * @returns what ends it
 */
export function startTracing(options: {
  serviceName: string;
  exportTraces: boolean;
}): () => Promise<void> {
  const { serviceName, exportTraces } = options;
  const sdk = new NodeSDK({
    serviceName,
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
    ...(exportTraces
      ? { traceExporter: new OTLPTraceExporter() }
      : { spanProcessors: [KEEP_NOTHING] }),
  });
  sdk.start();
  return () => sdk.shutdown();
}
