import { InputError } from '@backstage/errors';
import type { MetricsAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { CapabilityProbe } from '../shared/CapabilityProbe';
import { RefusalWatch } from '../shared/RefusalWatch';
import type { SystemCapabilities } from '../shared/SystemConnection';
import { probePrometheus } from './probePrometheus';
import type {
  MetricRange,
  MetricResult,
  MetricsTarget,
  PrometheusConnection,
} from './PrometheusConnection';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';
import { PrometheusHttp } from './PrometheusHttp';
import { rangeParameters } from './rest/rangeParameters';
import { readAlerts } from './rest/readAlerts';
import { readQuery } from './rest/readQuery';
import { readTargets } from './rest/readTargets';

const MAX_EXPRESSION_LENGTH = 10_000;

/**
 * {@link PrometheusConnection} over HTTP.
 *
 * @public
 */
export class DefaultPrometheusConnection implements PrometheusConnection {
  readonly system = 'prometheus';
  readonly #config: PrometheusConnectionConfig;
  readonly #http: PrometheusHttp;
  readonly #probe: CapabilityProbe;
  readonly #closing = new AbortController();
  readonly #refusals = RefusalWatch.create(() => this.#probe.doubt());

  static create(
    config: PrometheusConnectionConfig,
  ): DefaultPrometheusConnection {
    return new DefaultPrometheusConnection(config);
  }

  private constructor(config: PrometheusConnectionConfig) {
    this.#config = config;
    this.#http = PrometheusHttp.create(config);
    this.#probe = CapabilityProbe.create({
      ttlMs: config.capabilitiesTtlMs,
      probe: () =>
        probePrometheus({ http: this.#http, signal: this.#closing.signal }),
    });
  }

  get id(): string {
    return this.#config.id;
  }

  get title(): string {
    return this.#config.title;
  }

  get uiUrl(): string | undefined {
    return this.#config.uiUrl;
  }

  get user(): string | undefined {
    const { auth } = this.#config;
    return auth.type === 'basic' ? auth.user : undefined;
  }

  query(
    expression: string,
    options: { at?: string; signal?: AbortSignal } = {},
  ): Promise<MetricResult> {
    return this.#refusals.over(() =>
      readQuery({
        http: this.#http,
        resource: 'query',
        parameters: {
          query: checked(expression),
          ...(options.at ? { time: options.at } : {}),
          timeout: this.#timeout(),
        },
        signal: options.signal,
      }),
    );
  }

  queryRange(expression: string, range: MetricRange): Promise<MetricResult> {
    return this.#refusals.over(() =>
      readQuery({
        http: this.#http,
        resource: 'query_range',
        parameters: {
          query: checked(expression),
          ...rangeParameters(this.#config, range),
          timeout: this.#timeout(),
        },
        signal: range.signal,
      }),
    );
  }

  alerts(options: { signal?: AbortSignal } = {}): Promise<MetricsAlert[]> {
    return this.#refusals.over(() =>
      readAlerts({ ...options, http: this.#http }),
    );
  }

  targets(
    options: { signal?: AbortSignal } = {},
  ): Promise<MetricsTarget[] | undefined> {
    return this.#refusals.over(() =>
      readTargets({ ...options, http: this.#http }),
    );
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<SystemCapabilities> {
    return this.#refusals.over(() => this.#probe.get(options));
  }

  status() {
    return {
      capabilities: this.#probe.last,
      available: this.#http.breaker.available,
      lastError:
        this.#http.breaker.lastError ??
        this.#refusals.lastError ??
        this.#probe.lastError,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the backend is shutting down'));
    await this.#http.close();
  }

  /** The server need not go on with what nobody waits for any more. */
  #timeout(): string {
    return `${Math.ceil(this.#config.requestTimeoutMs / 1000)}s`;
  }
}

function checked(expression: string): string {
  if (!expression.trim() || expression.length > MAX_EXPRESSION_LENGTH) {
    throw new InputError(
      `The expression has ${expression.length} characters. Write one of 1 to ${MAX_EXPRESSION_LENGTH}.`,
    );
  }
  return expression;
}
