import { toError } from '@backstage/errors';
import { abortable } from '../../http/abortable';
import {
  ConnectionLimitError,
  ConnectionUnavailableError,
} from '../../shared/errors';
import { redisErrors } from '../errors';
import type { RedisCommandOptions } from '../RedisConnection';
import type { RedisArgument } from '../RedisReply';
import {
  RedisSocket,
  type RedisSocketOptions,
  type SocketOutcome,
} from './RedisSocket';

const LONGEST_WAIT_MS = 30_000;

/**
 * The reading socket to one server: opened when needed, opened again after it broke.
 * After a failure requests fail at once for a time that doubles with each failure,
 * with jitter, so that many backends don't come back in one moment.
 */
export class RedisLink {
  readonly #options: Omit<RedisSocketOptions, 'signal'>;
  readonly #closing = new AbortController();
  #socket: RedisSocket | undefined;
  #opening: Promise<RedisSocket> | undefined;
  #failures = 0;
  #notBefore = 0;
  #lastError: Error | undefined;

  static create(options: Omit<RedisSocketOptions, 'signal'>) {
    return new RedisLink(options);
  }

  private constructor(options: Omit<RedisSocketOptions, 'signal'>) {
    this.#options = options;
  }

  /** Whether it was not found down at its last use. */
  get available(): boolean {
    return this.#lastError === undefined;
  }

  get lastError(): Error | undefined {
    return this.#lastError;
  }

  async send(
    name: string,
    args: readonly RedisArgument[],
    options: RedisCommandOptions & { binary?: boolean } = {},
  ): Promise<unknown> {
    const outcome = await this.attempt(name, args, options);
    if (outcome.outcome === 'done') return outcome.reply;
    throw outcome.error;
  }

  /** Never throws. */
  async attempt(
    name: string,
    args: readonly RedisArgument[],
    options: RedisCommandOptions & { binary?: boolean } = {},
  ): Promise<SocketOutcome> {
    let socket: RedisSocket;
    try {
      socket = await this.#open(options.signal);
    } catch (error) {
      return { outcome: 'not-done', error: toError(error) };
    }
    const outcome = await socket.attempt(name, args, options);
    if (outcome.outcome === 'done' || socket.usable) {
      // A refusal is an answer as well.
      this.#succeeded();
    } else if (!(outcome.error instanceof ConnectionLimitError)) {
      this.#failed(outcome.error);
    }
    return outcome;
  }

  close() {
    this.#closing.abort(new Error('the connection is being closed'));
    this.#socket?.close();
  }

  async #open(signal: AbortSignal | undefined): Promise<RedisSocket> {
    if (this.#socket?.usable) return this.#socket;
    if (!this.#opening && performance.now() < this.#notBefore) {
      throw this.#failFast();
    }
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = undefined;
    });
    if (!signal) return this.#opening;
    try {
      return await abortable(this.#opening, signal);
    } catch (error) {
      throw signal.aborted
        ? redisErrors.aborted({
            connection: this.#options.config.id,
            cause: signal.reason,
          })
        : error;
    }
  }

  async #connect(): Promise<RedisSocket> {
    try {
      this.#socket = await RedisSocket.open({
        ...this.#options,
        signal: this.#closing.signal,
      });
      this.#notBefore = 0;
      return this.#socket;
    } catch (error) {
      this.#failed(toError(error));
      throw error;
    }
  }

  #failed(error: Error) {
    this.#lastError = error;
    // Many commands fail with one socket; that is one failure.
    if (performance.now() < this.#notBefore) return;
    const { reconnectAfterMs } = this.#options.config;
    const waitMs = Math.min(
      reconnectAfterMs * 2 ** Math.min(this.#failures, 10),
      Math.max(LONGEST_WAIT_MS, reconnectAfterMs),
    );
    this.#failures += 1;
    this.#notBefore = performance.now() + waitMs * (0.5 + Math.random() / 2);
  }

  #succeeded() {
    this.#failures = 0;
    this.#lastError = undefined;
  }

  #failFast(): Error {
    const last = this.#lastError;
    if (!(last instanceof ConnectionUnavailableError)) {
      return last ?? new Error('the last connect failed');
    }
    return redisErrors.unavailable({
      connection: this.#options.config.id,
      kind: 'breaker-open',
      reason: `${last.reason}, so that requests fail at once for a moment`,
      remedy: last.remedy,
      cause: last,
    });
  }
}
