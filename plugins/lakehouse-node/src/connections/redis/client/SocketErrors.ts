import { redisErrors } from '../errors';
import { errorOfRedisTransport } from './errorOfRedisTransport';

/** What a socket to one node says of itself. */
export class SocketErrors {
  readonly #connection: string;
  readonly #node: string;

  static create(options: { connection: string; node: string }): SocketErrors {
    return new SocketErrors(options);
  }

  private constructor(options: { connection: string; node: string }) {
    this.#connection = options.connection;
    this.#node = options.node;
  }

  /** @param cause - what ended the socket; or else what the command itself failed with */
  broken(cause: unknown, otherwise?: unknown): Error {
    return errorOfRedisTransport(cause ?? otherwise, {
      connection: this.#connection,
      node: this.#node,
      otherwise,
    });
  }

  notConnected(timeoutMs: number, options: { tls: boolean }): Error {
    return redisErrors.unavailable({
      connection: this.#connection,
      kind: 'timeout',
      reason: `${
        this.#node
      } did not take a connection and answer in ${timeoutMs} ms`,
      remedy: `see whether the server is overloaded, a firewall stands before it${
        options.tls ? ' or it does not speak TLS' : ''
      }, or raise connectTimeout of the connection`,
    });
  }

  timedOut(command: string, timeoutMs: number): Error {
    return redisErrors.unavailable({
      connection: this.#connection,
      kind: 'timeout',
      reason: `${
        this.#node
      } did not answer ${command.toUpperCase()} in ${timeoutMs} ms`,
      remedy:
        'see whether a slow command holds the server (SLOWLOG), or raise commandTimeout of the connection',
    });
  }

  tooLarge(limit: number): Error {
    return redisErrors.limit({
      what: `An answer of ${this.#node}`,
      limit,
      unit: 'bytes',
      remedy: `Ask for less, or raise maxReplyBytes of Redis connection '${
        this.#connection
      }'.`,
    });
  }

  aborted(signal: AbortSignal | undefined): Error {
    return redisErrors.aborted({
      connection: this.#connection,
      cause: signal?.reason,
    });
  }
}
