import type { IncomingHttpHeaders } from 'node:http';
import {
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';

const tracer = trace.getTracer('personal-api');

/** Runs the work within a span of its own. */
export function traced<T>(
  options: {
    name: string;
    kind: 'server' | 'client';
    attributes?: Attributes;
    /** Of the request that began it. */
    incoming?: IncomingHttpHeaders;
  },
  work: () => Promise<T>,
): Promise<T> {
  const { name, kind, attributes, incoming } = options;
  const parent = incoming
    ? propagation.extract(context.active(), incoming)
    : context.active();
  return tracer.startActiveSpan(
    name,
    { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CLIENT, attributes },
    parent,
    async span => {
      try {
        return await work();
      } catch (error) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: error instanceof Error ? error.message : undefined,
        });
        throw error;
      } finally {
        span.end();
      }
    },
  );
}

/**
 * Headers that tie a query to the trace: `traceparent` for what stands between,
 * and Trino's own, which it shows with the query and in its events.
 */
export function trinoTraceHeaders(): Record<string, string> {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (!spanContext || !isSpanContextValid(spanContext)) return {};
  const headers: Record<string, string> = {
    'x-trino-trace-token': spanContext.traceId,
  };
  propagation.inject(context.active(), headers);
  return headers;
}
