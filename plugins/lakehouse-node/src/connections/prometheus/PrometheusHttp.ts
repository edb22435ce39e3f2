import type { z } from 'zod';
import { readJsonAnswer } from '../http/readJsonAnswer';
import { SystemHttp } from '../http/SystemHttp';
import { errorOfPrometheusStatus } from './errorOfPrometheusStatus';
import { prometheusErrors } from './errors';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';
import { PrometheusCredentials } from './PrometheusCredentials';

/** Longer ones may be too long for a URL on the way, and go in a body. */
const MAX_QUERY_STRING = 1500;
/** A refusal of any kind shows a server that lives. */
const PROBE_STATUSES = [200, 400, 401, 403, 404, 405, 422];

/** All HTTP of one Prometheus. */
export class PrometheusHttp {
  readonly config: PrometheusConnectionConfig;
  readonly #http: SystemHttp;

  static create(config: PrometheusConnectionConfig): PrometheusHttp {
    return new PrometheusHttp(config);
  }

  private constructor(config: PrometheusConnectionConfig) {
    this.config = config;
    const credentials = PrometheusCredentials.create(config);
    this.#http = SystemHttp.create({
      ...config,
      configKey: 'lakehouse.prometheus.connections',
      errors: prometheusErrors,
      server: 'Prometheus',
      probePath: '/api/v1/query?query=1',
      probeStatuses: PROBE_STATUSES,
      headers: () => credentials.headers(),
      errorOfStatus: options => errorOfPrometheusStatus({ config, ...options }),
    });
  }

  get breaker() {
    return this.#http.breaker;
  }

  /**
   * Asks for one resource below `/api/v1`. All of them are safe to ask again.
   *
   * @throws the errors of the connection; InputError when the server refuses what was asked
   */
  async ask<T>(options: {
    what: string;
    resource: string;
    parameters?: Readonly<Record<string, string>>;
    schema: z.ZodType<T>;
    signal?: AbortSignal;
  }): Promise<T> {
    const { what, schema, signal } = options;
    const { config } = this;
    const path = `/api/v1/${options.resource}`;
    const query = new URLSearchParams(options.parameters).toString();
    const inBody = query.length > MAX_QUERY_STRING;
    const answer = await this.#http.send<{ value: T } | { refusal: Error }>({
      what,
      ...(inBody
        ? {
            method: 'POST',
            path,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: query,
          }
        : { method: 'GET', path: query ? `${path}?${query}` : path }),
      signal,
      retry: true,
      maxBytes: config.maxResponseBytes,
      limitField: 'maxResponseBytes',
      statuses: [200, 400, 422],
      read: ({ status, text }) =>
        status === 200
          ? {
              value: readJsonAnswer({
                connection: config.id,
                errors: prometheusErrors,
                what,
                system: 'Prometheus',
                text,
                schema,
              }),
            }
          : {
              refusal: errorOfPrometheusStatus({
                config,
                what: `GET ${path}`,
                answer: { status, text },
              }),
            },
    });
    if ('refusal' in answer) throw answer.refusal;
    return answer.value;
  }

  /** Ends all sockets. */
  close(): Promise<void> {
    return this.#http.close();
  }
}
