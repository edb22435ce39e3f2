import {
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import {
  type ConnectionErrors,
  ConnectionUnavailableError,
} from '../shared/errors';

const LONGEST_OPEN_MS = 60_000;

/** What a {@link Breaker} is made of. */
export interface BreakerOptions {
  /** The connection's id. */
  readonly id: string;
  readonly breaker: {
    /** After how many failures in a row it opens. */
    readonly failures: number;
    /** How long until the server is asked again, at first. */
    readonly reopenAfterMs: number;
  };
  readonly errors: ConnectionErrors;
  /** What answers, in a clause: "the coordinator". */
  readonly server: string;
  /** One cheap request, without the breaker. */
  readonly probe: () => Promise<void>;
}

/**
 * Fails requests at once while a server does not answer, and asks by itself
 * whether it does again.
 *
 * Only failures of the transport count. A refusal, a failed statement or a limit
 * is an answer, and shows that the server lives.
 */
export class Breaker {
  readonly #connection: string;
  readonly #errors: ConnectionErrors;
  readonly #server: string;
  readonly #policy: CircuitBreakerPolicy;
  readonly #probe: () => Promise<void>;
  readonly #reopenAfterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #lastError: ConnectionUnavailableError | undefined;
  #closed = false;

  static create(options: BreakerOptions) {
    return new Breaker(options);
  }

  private constructor(options: BreakerOptions) {
    const { failures, reopenAfterMs } = options.breaker;
    this.#connection = options.id;
    this.#errors = options.errors;
    this.#server = options.server;
    this.#probe = options.probe;
    this.#reopenAfterMs = reopenAfterMs;
    this.#policy = circuitBreaker(
      handleWhen(error => this.#counts(error)),
      {
        breaker: new ConsecutiveBreaker(failures),
        halfOpenAfter: new ExponentialBackoff({
          initialDelay: reopenAfterMs,
          maxDelay: Math.max(LONGEST_OPEN_MS, reopenAfterMs),
          generator: halfJitterGenerator,
        }),
      },
    );
    this.#policy.onBreak(() => this.#probeLater());
  }

  get available(): boolean {
    return this.#policy.state === CircuitState.Closed;
  }

  /** The failure that counted last, until a request succeeds again. */
  get lastError(): ConnectionUnavailableError | undefined {
    return this.#lastError;
  }

  /** @throws ConnectionUnavailableError of kind breaker-open, and what `run` throws */
  async execute<T>(run: () => Promise<T>): Promise<T> {
    // Others would wait for the one probe in flight: fail them at once instead.
    if (this.#policy.state === CircuitState.HalfOpen) throw this.#openError();
    try {
      const result = await this.#policy.execute(run);
      this.#lastError = undefined;
      return result;
    } catch (error) {
      if (isBrokenCircuitError(error)) throw this.#openError();
      if (error instanceof ConnectionUnavailableError) this.#lastError = error;
      throw error;
    }
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #counts(error: unknown): boolean {
    return (
      (error instanceof ConnectionUnavailableError &&
        // A status below 500 is an answer, if not one that was hoped for.
        (error.status === undefined || error.status >= 500)) ||
      // A probe that was given up proves nothing: stay open.
      (this.#errors.isAborted(error) &&
        this.#policy.state === CircuitState.HalfOpen)
    );
  }

  #openError() {
    const last = this.#lastError;
    return this.#errors.unavailable({
      connection: this.#connection,
      kind: 'breaker-open',
      reason: `it failed several times in a row${
        last ? ` (${last.reason})` : ''
      }, so that requests fail at once until it answers again`,
      remedy:
        last?.remedy ?? `look at ${this.#server}; it is asked again by itself`,
      status: last?.status,
    });
  }

  #probeLater() {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.execute(this.#probe).then(
        () => undefined,
        // The next one is planned by onBreak, or here when it was too early.
        () => {
          if (!this.available) this.#probeLater();
        },
      );
    }, this.#reopenAfterMs);
    this.#timer.unref();
  }
}
