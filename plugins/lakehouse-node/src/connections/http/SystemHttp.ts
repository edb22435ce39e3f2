import {
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  retry,
} from 'cockatiel';
import { type Dispatcher, request } from 'undici';
import {
  ConnectionDeniedError,
  type ConnectionErrors,
  ConnectionLimitError,
  ConnectionUnavailableError,
} from '../shared/errors';
import { Breaker } from './Breaker';
import { describeFailure } from './describeFailure';
import { BodyTooLargeError, readBody } from './readBody';
import type { SystemRequest } from './SystemRequest';
import { type TlsConfig, TlsDispatcher } from './TlsDispatcher';
import { withDeadline } from './withDeadline';

const PROBE_TIMEOUT_MS = 5000;
const PROBE_MAX_BYTES = 64 * 1024;
const ERROR_BODY_MAX_BYTES = 64 * 1024;

/** These say that the same request may succeed in a moment. */
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);
const retryPolicy = retry(handleWhen(isRetryable), {
  maxAttempts: 4,
  backoff: new ExponentialBackoff({
    initialDelay: 100,
    maxDelay: 2000,
    generator: halfJitterGenerator,
  }),
});

/** The sockets of one connection. */
export interface HttpDispatcher {
  /** @throws when a certificate can't be had */
  get(): Promise<Dispatcher>;
  /** Ends all sockets; requests in flight fail. */
  destroy(): Promise<void>;
}

/** What one connection over HTTP is made of. */
export interface SystemHttpOptions {
  /** The connection's id. */
  readonly id: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Where the connection's entry stands in app-config: `lakehouse.superset.connections`. */
  readonly configKey: string;
  readonly tls: TlsConfig;
  /** The sockets, when certificates do not come from the files of `tls`. */
  readonly dispatcher?: HttpDispatcher;
  readonly requestTimeoutMs: number;
  readonly breaker: {
    readonly failures: number;
    readonly reopenAfterMs: number;
  };
  readonly errors: ConnectionErrors;
  /** What answers, in a clause: "the coordinator". */
  readonly server: string;
  /** A path that answers cheaply and to everyone, asked to see whether the server is back. */
  readonly probePath: string;
  /** Which statuses of it show a server that lives; 200 unless told. */
  readonly probeStatuses?: readonly number[];
  /** Sent with each request. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Says what a status means that was not expected. */
  errorOfStatus(options: {
    /** Method and path. */
    what: string;
    answer: {
      status: number;
      text: string;
      headers: Readonly<Record<string, string>>;
    };
  }): Error;
  /** A path as messages may show it; without its query unless told. */
  pathForMessages?(path: string): string;
}

/**
 * All HTTP of one connection: credentials, certificates, bounds, retries, breaker.
 * Requests go to the configured origin only, whatever an answer says.
 */
export class SystemHttp {
  readonly breaker: Breaker;
  readonly #options: SystemHttpOptions;
  readonly #dispatcher: HttpDispatcher;

  static create(options: SystemHttpOptions) {
    return new SystemHttp(options);
  }

  private constructor(options: SystemHttpOptions) {
    this.#options = options;
    this.#dispatcher = options.dispatcher ?? TlsDispatcher.create(options.tls);
    this.breaker = Breaker.create({
      ...options,
      probe: () =>
        this.#once({
          what: 'The probe',
          method: 'GET',
          path: options.probePath,
          statuses: options.probeStatuses,
          timeoutMs: PROBE_TIMEOUT_MS,
          maxBytes: PROBE_MAX_BYTES,
          read: () => undefined,
        }),
    });
  }

  /** @throws the system's errors: unavailable, denied, limit, aborted */
  async send<T>(options: SystemRequest<T>): Promise<T> {
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

  #once<T>(options: SystemRequest<T>): Promise<T> {
    const { id, errors, server } = this.#options;
    const timeoutMs = options.timeoutMs ?? this.#options.requestTimeoutMs;
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
            throw errors.unavailable({
              connection: id,
              kind: 'timeout',
              reason: `no whole answer to ${options.method} ${this.#pathOf(
                options,
              )} came in ${timeoutMs} ms`,
              remedy: `see whether ${server} is overloaded, or raise requestTimeout of the connection`,
            });
          }
          if (deadline.abandoned()) {
            throw errors.aborted({
              connection: id,
              cause: deadline.signal.reason,
            });
          }
          throw this.#toConnectionError(error, options);
        }
      },
    );
  }

  async #exchange<T>(
    options: SystemRequest<T>,
    limits: { signal: AbortSignal; timeoutMs: number },
  ): Promise<T> {
    limits.signal.throwIfAborted();
    const response = await request(`${this.#options.url}${options.path}`, {
      method: options.method,
      headers: {
        accept: '*/*',
        // A bound on bytes must hold for what is kept, so nothing may come packed.
        'accept-encoding': 'identity',
        'user-agent': 'lakehouse-ops',
        ...options.headers,
        ...(await this.#options.headers()),
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
    const answer = {
      status: response.statusCode,
      headers,
      cookies: cookiesOf(response.headers['set-cookie']),
      ...body,
    };
    if (!expected) {
      throw this.#options.errorOfStatus({
        what: `${options.method} ${this.#pathOf(options)}`,
        answer,
      });
    }
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw this.#options.errors.unavailable({
        connection: this.#options.id,
        kind: 'bad-response',
        reason: `${options.method} ${this.#pathOf(
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

  #toConnectionError<T>(error: unknown, options: SystemRequest<T>): unknown {
    const { id, errors, configKey, server } = this.#options;
    if (
      error instanceof ConnectionUnavailableError ||
      error instanceof ConnectionDeniedError ||
      error instanceof ConnectionLimitError
    ) {
      return error;
    }
    if (error instanceof BodyTooLargeError) {
      return errors.limit({
        what: options.what,
        limit: options.maxBytes,
        unit: 'bytes',
        remedy: options.limitField
          ? `Ask for less, or raise ${configKey}[].${options.limitField} of '${id}'.`
          : 'Ask for less.',
      });
    }
    return errors.unavailable({
      connection: id,
      kind: 'unreachable',
      ...describeFailure(error, server),
      cause: error,
    });
  }

  #pathOf({ path }: { path: string }): string {
    const shown = path.replace(/\?.*$/, '');
    return this.#options.pathForMessages?.(shown) ?? shown;
  }
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

/** `name=value` of each cookie that was set. */
function cookiesOf(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return [header].flat().map(cookie => cookie.split(';', 1)[0]);
}

function isRetryable(error: unknown): boolean {
  if (!(error instanceof ConnectionUnavailableError)) return false;
  return error.status === undefined
    ? error.kind === 'unreachable'
    : error.kind === 'server-error' && RETRIED_STATUSES.has(error.status);
}
