import { toError } from '@backstage/errors';
import { Redis, ReplyError } from 'ioredis';
import { withDeadline } from '../../http/withDeadline';
import { formatRedisAddress } from '../config/readRedisAddress';
import type {
  RedisAddress,
  RedisAuthConfig,
  RedisConnectionConfig,
} from '../config/RedisConnectionConfig';
import type { RedisCommandOptions } from '../RedisConnection';
import type { RedisArgument } from '../RedisReply';
import { errorOfRedisReply } from './errorOfRedisReply';
import { readRedisPassword } from './readRedisPassword';
import { readRedisTls } from './readRedisTls';
import { SocketErrors } from './SocketErrors';
import { waitFor } from './waitFor';

const KEEP_ALIVE_MS = 30_000;
const CLIENT_NAME = 'lakehouse-ops';
/** Bounds what waits on one socket, should callers ask faster than a server answers. */
const MAX_IN_FLIGHT = 2000;

/** What became of something that was sent; `reply` as the client gives it. */
export type SocketOutcome =
  | { readonly outcome: 'done'; readonly reply: unknown }
  | { readonly outcome: 'not-done'; readonly error: Error }
  | { readonly outcome: 'unknown'; readonly error: Error };

export interface RedisSocketOptions {
  readonly config: RedisConnectionConfig;
  readonly address: RedisAddress;
  readonly auth: RedisAuthConfig;
  readonly tls: boolean;
  /** Not at a Sentinel, which has none. */
  readonly database?: number;
  readonly signal?: AbortSignal;
}

/**
 * One socket to one server, from its connect to its end. It is never connected a
 * second time and queues nothing while it is not connected, so that each command is
 * sent at most once and never later than it was asked for.
 */
export class RedisSocket {
  readonly #client: Redis;
  readonly #config: RedisConnectionConfig;
  readonly #node: string;
  readonly #errors: SocketErrors;
  #failure: unknown;
  #closed = false;
  #inFlight = 0;
  #bytesSinceAnswer = 0;

  /** @throws ConnectionUnavailableError, ConnectionDeniedError, RedisStateError */
  static async open(options: RedisSocketOptions): Promise<RedisSocket> {
    const { config, address } = options;
    const node = formatRedisAddress(address);
    const errors = SocketErrors.create({ connection: config.id, node });
    const timeoutMs = config.connectTimeoutMs;
    return withDeadline(
      { signals: [options.signal], timeoutMs },
      async deadline => {
        let socket: RedisSocket | undefined;
        const give = () => socket?.close();
        deadline.signal.addEventListener('abort', give, { once: true });
        try {
          const [password, tls] = await Promise.all([
            readRedisPassword(options.auth),
            options.tls ? readRedisTls(config.tls, address.host) : undefined,
          ]);
          deadline.signal.throwIfAborted();
          const client = new Redis({
            ...address,
            tls,
            protocol: 2,
            lazyConnect: true,
            connectTimeout: timeoutMs,
            keepAlive: KEEP_ALIVE_MS,
            retryStrategy: () => null,
            enableOfflineQueue: false,
            autoResendUnfulfilledCommands: false,
            maxRetriesPerRequest: 0,
            // What a server can't do yet is told by its answers.
            enableReadyCheck: false,
            disableClientInfo: true,
          });
          socket = new RedisSocket({ client, config, node, errors });
          await socket.#connect(options, password);
          return socket;
        } catch (error) {
          socket?.close();
          if (deadline.timedOut()) {
            throw errors.notConnected(timeoutMs, options);
          }
          if (deadline.abandoned()) throw errors.aborted(deadline.signal);
          throw errors.broken(socket?.lastError, error);
        } finally {
          deadline.signal.removeEventListener('abort', give);
        }
      },
    );
  }

  private constructor(options: {
    client: Redis;
    config: RedisConnectionConfig;
    node: string;
    errors: SocketErrors;
  }) {
    this.#errors = options.errors;
    this.#client = options.client;
    this.#config = options.config;
    this.#node = options.node;
    this.#client.on('error', error => {
      this.#failure ??= error;
    });
  }

  get usable(): boolean {
    return (
      !this.#closed &&
      this.#client.status === 'ready' &&
      this.#failure === undefined
    );
  }

  /** What ended the socket, where that is known. */
  get lastError(): unknown {
    return this.#failure;
  }

  /** @throws what the outcome holds when it is not done */
  async send(
    name: string,
    args: readonly RedisArgument[],
    options: RedisCommandOptions & { binary?: boolean } = {},
  ): Promise<unknown> {
    const outcome = await this.attempt(name, args, options);
    if (outcome.outcome === 'done') return outcome.reply;
    throw outcome.error;
  }

  /** Sends a command once. Never throws. */
  async attempt(
    name: string,
    args: readonly RedisArgument[],
    options: RedisCommandOptions & { binary?: boolean } = {},
  ): Promise<SocketOutcome> {
    if (options.signal?.aborted) {
      return {
        outcome: 'not-done',
        error: this.#errors.aborted(options.signal),
      };
    }
    if (!this.usable || this.#inFlight >= MAX_IN_FLIGHT) {
      return { outcome: 'not-done', error: this.#unsent() };
    }
    const timeoutMs = options.timeoutMs ?? this.#config.commandTimeoutMs;
    this.#inFlight += 1;
    const answered = this.#call(name, args, options.binary === true)
      .then(
        (reply): SocketOutcome => ({ outcome: 'done', reply }),
        (error): SocketOutcome => this.#outcomeOf(error, name, args),
      )
      .finally(() => {
        this.#inFlight -= 1;
        this.#bytesSinceAnswer = 0;
      });
    return waitFor(answered, {
      timeoutMs,
      signal: options.signal,
      onTimeout: () => {
        const error = this.#errors.timedOut(name, timeoutMs);
        // Answers come in order: all that waits behind this one is late as well.
        this.#end(error);
        return { outcome: 'unknown', error };
      },
      onAbort: () => ({
        outcome: 'unknown',
        error: this.#errors.aborted(options.signal),
      }),
    });
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#client.disconnect();
    // The client waits for the server to end its side: what comes until then would
    // still be read.
    this.#client.stream?.destroy();
  }

  async #connect(options: RedisSocketOptions, password: string | undefined) {
    await this.#client.connect();
    // Counts what comes, for a client keeps an answer of any size until it is whole.
    this.#client.stream.on('data', (chunk: Buffer) => {
      this.#bytesSinceAnswer += chunk.length;
      if (this.#bytesSinceAnswer > this.#config.maxReplyBytes) {
        this.#end(this.#errors.tooLarge(this.#config.maxReplyBytes));
      }
    });
    if (password !== undefined) {
      const { user } = options.auth;
      await this.send('auth', user ? [user, password] : [password]);
    }
    if (options.database) await this.send('select', [options.database]);
    // Names us in CLIENT LIST. A user who may not has no name there; what matters is
    // that something which speaks Redis has answered.
    const named = await this.attempt('client', ['setname', CLIENT_NAME]);
    if (named.outcome === 'unknown') throw named.error;
    if (named.outcome === 'not-done' && !this.usable) throw named.error;
  }

  async #call(
    name: string,
    args: readonly RedisArgument[],
    binary: boolean,
  ): Promise<unknown> {
    return binary
      ? this.#client.callBuffer(name, ...args)
      : this.#client.call(name, ...args);
  }

  #outcomeOf(
    error: unknown,
    name: string,
    args: readonly RedisArgument[],
  ): SocketOutcome {
    if (error instanceof ReplyError) {
      return {
        outcome: 'not-done',
        error: errorOfRedisReply(toError(error).message, {
          connection: this.#config.id,
          node: this.#node,
          user: this.#config.auth.user,
          command: name,
          args,
        }),
      };
    }
    return {
      outcome: 'unknown',
      error: this.#errors.broken(this.#failure, error),
    };
  }

  #end(why: unknown) {
    this.#failure ??= why;
    this.close();
  }

  #unsent(): Error {
    return this.#errors.broken(
      this.#failure,
      new Error(
        this.#inFlight >= MAX_IN_FLIGHT
          ? `more than ${MAX_IN_FLIGHT} commands wait for it`
          : 'the connection to it has ended',
      ),
    );
  }
}
