import {
  collectDefaultMetrics,
  Counter,
  Histogram,
  Registry,
} from 'prom-client';
import type { CacheTelemetry } from '@lakehouse-ops/redis-cache-telemetry';

const SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** What the service tells Prometheus. */
export class ApiMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'personal_api_request_seconds',
    help: 'Requests by endpoint, status and how the cache answered',
    labelNames: ['endpoint', 'status', 'cache'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #loads = new Histogram({
    name: 'personal_api_load_seconds',
    help: 'Loads from Trino by endpoint and whether they succeeded',
    labelNames: ['endpoint', 'result'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'personal_api_background_errors_total',
    help: 'What went wrong where nobody waited: the cache, or a refresh',
    registers: [this.#registry],
  });

  static create(telemetry: CacheTelemetry): ApiMetrics {
    return new ApiMetrics(telemetry);
  }

  private constructor(telemetry: CacheTelemetry) {
    collectDefaultMetrics({ register: this.#registry });
    telemetry.registerIn(this.#registry);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  requested(request: {
    endpoint: string;
    status: number;
    cache: string;
    seconds: number;
  }) {
    const { seconds, status, ...labels } = request;
    this.#requests.observe({ ...labels, status: String(status) }, seconds);
  }

  /** Times a load. */
  async load<T>(endpoint: string, work: () => Promise<T>): Promise<T> {
    const end = this.#loads.startTimer({ endpoint });
    try {
      const value = await work();
      end({ result: 'ok' });
      return value;
    } catch (error) {
      end({ result: 'failed' });
      throw error;
    }
  }

  failedAside() {
    this.#errors.inc();
  }
}
