import {
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  retry,
} from 'cockatiel';
import { request } from 'undici';
import type { TrinoConnectionConfig } from '../config';
import {
  TrinoAbortedError,
  TrinoDeniedError,
  TrinoLimitError,
  TrinoUnavailableError,
} from '../errors';
import { describeFailure } from './describeFailure';
import { errorOfStatus } from './errorOfStatus';
import { BodyTooLargeError, readBody } from './readBody';
import { TrinoBreaker } from './TrinoBreaker';
import { TrinoCredentials } from './TrinoCredentials';
import { TrinoDispatcher } from './TrinoDispatcher';
import type { TrinoRequest } from './TrinoRequest';
import { withDeadline } from './withDeadline';

const PROBE_TIMEOUT_MS = 5000;
const PROBE_MAX_BYTES = 64 * 1024;
const ERROR_BODY_MAX_BYTES = 64 * 1024;

/** Trino's protocol asks to try a page again after 50 to 100 ms on these. */
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);
const retryPolicy = retry(handleWhen(isRetryable), {
  maxAttempts: 4,
  backoff: new ExponentialBackoff({
    initialDelay: 100,
    maxDelay: 2000,
    generator: halfJitterGenerator,
  }),
});

/**
 * All HTTP of one connection: credentials, certificates, bounds, retries, breaker.
 * Requests go to the configured origin only, whatever an answer says.
 */
export class TrinoHttp {
  readonly config: TrinoConnectionConfig;
  readonly breaker: TrinoBreaker;
  readonly #dispatcher: TrinoDispatcher;
  readonly #credentials: TrinoCredentials;

  static create(config: TrinoConnectionConfig) {
    return new TrinoHttp(config);
  }

  private constructor(config: TrinoConnectionConfig) {
    this.config = config;
    this.#dispatcher = TrinoDispatcher.create(config.tls);
    this.#credentials = TrinoCredentials.create(config);
    this.breaker = TrinoBreaker.create({
      config,
      probe: () =>
        this.#once({
          what: 'The probe',
          method: 'GET',
          path: '/v1/info',
          timeoutMs: PROBE_TIMEOUT_MS,
          maxBytes: PROBE_MAX_BYTES,
          read: () => undefined,
        }),
    });
  }

  /**
   * @throws TrinoUnavailableError, TrinoDeniedError, TrinoLimitError,
   * TrinoAbortedError
   */
  async send<T>(options: TrinoRequest<T>): Promise<T> {
    if (options.bypassBreaker) return this.#once(options);
    const attempt = () => this.breaker.execute(() => this.#once(options));
    return options.retry
      ? retryPolicy.execute(attempt, options.signal)
      : attempt();
  }

  /** Ends all sockets. */
  async close(): Promise<void> {
    this.breaker.close();
    await this.#dispatcher.destroy();
  }

  #once<T>(options: TrinoRequest<T>): Promise<T> {
    const timeoutMs = options.timeoutMs ?? this.config.requestTimeoutMs;
    return withDeadline(
      { signals: [options.signal], timeoutMs },
      async deadline => {
        try {
          return await this.#exchange(options, {
            signal: deadline.signal,
            timeoutMs,
          });
        } catch (error) {
          if (deadline.timedOut()) {
            throw new TrinoUnavailableError({
              connection: this.config.id,
              kind: 'timeout',
              reason: `no whole answer to ${options.method} ${pathOf(
                options,
              )} came in ${timeoutMs} ms`,
              remedy:
                'see whether the coordinator is overloaded, or raise requestTimeout of the connection',
            });
          }
          if (deadline.abandoned()) {
            throw new TrinoAbortedError({
              connection: this.config.id,
              cause: deadline.signal.reason,
            });
          }
          throw this.#toConnectionError(error, options);
        }
      },
    );
  }

  async #exchange<T>(
    options: TrinoRequest<T>,
    limits: { signal: AbortSignal; timeoutMs: number },
  ): Promise<T> {
    limits.signal.throwIfAborted();
    const response = await request(`${this.config.url}${options.path}`, {
      method: options.method,
      headers: {
        accept: '*/*',
        // A bound on bytes must hold for what is kept, so nothing may come packed.
        'accept-encoding': 'identity',
        'user-agent': 'lakehouse-ops',
        ...options.headers,
        ...(await this.#credentials.headers()),
      },
      body: options.body,
      signal: limits.signal,
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
      dispatcher: await this.#dispatcher.get(),
    });
    const headers = flatten(response.headers);
    const expected = (options.statuses ?? [200]).includes(response.statusCode);
    const body = await readBody(
      response.body,
      expected ? options.maxBytes : ERROR_BODY_MAX_BYTES,
    ).catch(error => {
      // Of an error's body the beginning would do: its status says enough.
      if (expected || !(error instanceof BodyTooLargeError)) throw error;
      return { text: '', bytes: 0 };
    });
    const answer = { status: response.statusCode, headers, ...body };
    if (!expected) {
      throw errorOfStatus({
        config: this.config,
        what: `${options.method} ${pathOf(options)}`,
        answer,
      });
    }
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw new TrinoUnavailableError({
        connection: this.config.id,
        kind: 'bad-response',
        reason: `${options.method} ${pathOf(
          options,
        )} was answered in content-encoding ${encoding.slice(
          0,
          20,
        )}, though none was asked for`,
        remedy: 'let the proxy before it honour Accept-Encoding: identity',
      });
    }
    return options.read(answer);
  }

  #toConnectionError<T>(error: unknown, options: TrinoRequest<T>): unknown {
    if (
      error instanceof TrinoUnavailableError ||
      error instanceof TrinoDeniedError ||
      error instanceof TrinoLimitError
    ) {
      return error;
    }
    if (error instanceof BodyTooLargeError) {
      return new TrinoLimitError({
        what: options.what,
        limit: options.maxBytes,
        unit: 'bytes',
        remedy: options.limitField
          ? `Ask for less, or raise lakehouse.trino.connections[].${options.limitField} of '${this.config.id}'.`
          : 'Ask for less.',
      });
    }
    return new TrinoUnavailableError({
      connection: this.config.id,
      kind: 'unreachable',
      ...describeFailure(error),
      cause: error,
    });
  }
}

/** For messages: without the slug, with which anyone could fetch a query's result. */
function pathOf(options: { path: string }): string {
  return options.path
    .replace(/\?.*$/, '')
    .replace(/^(\/v1\/statement\/\w+\/\w+)\/.*$/, '$1');
}

function flatten(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), String(value)]],
    ),
  );
}

function isRetryable(error: unknown): boolean {
  if (!(error instanceof TrinoUnavailableError)) return false;
  return error.status === undefined
    ? error.kind === 'unreachable'
    : error.kind === 'server-error' && RETRIED_STATUSES.has(error.status);
}
