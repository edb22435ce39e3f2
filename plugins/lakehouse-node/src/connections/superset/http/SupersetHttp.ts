import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { SystemHttp } from '../../http/SystemHttp';
import type { SystemAnswer } from '../../http/SystemRequest';
import type { SupersetConnectionConfig } from '../config';
import { SUPERSET_CONFIG_KEY } from '../config/readSupersetConnectionsConfig';
import { supersetErrors } from '../errors';
import { errorOfStatus } from './errorOfStatus';
import { parseSupersetJson } from './parseSupersetJson';
import { retryAfterMs } from './retryAfterMs';
import { SupersetSession } from './SupersetSession';

/** Longer waits are told to the caller instead of waited for. */
const LONGEST_WAIT_MS = 15_000;
const MOST_WAITS = 3;
/** Superset's words when the token, the cookie or both are missing or old. */
const CSRF = /csrf/i;

/** One call of Superset's REST API. */
export interface SupersetCall<T> {
  /** What is asked for, as the subject of a sentence. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  /** Whether it needs a CSRF token: what changes something does. */
  readonly csrf?: boolean;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Which statuses `read` understands besides 200. */
  readonly statuses?: readonly number[];
  readonly schema: z.ZodType<T>;
}

/** An answer whose status was asked for. */
export interface SupersetReply<T> {
  readonly status: number;
  /** Absent with another status than 200. */
  readonly body?: T;
  readonly text: string;
}

/** All HTTP of one Superset connection: tokens, CSRF, bounds, waits, breaker. */
export class SupersetHttp {
  readonly #config: SupersetConnectionConfig;
  readonly #http: SystemHttp;
  readonly #session: SupersetSession;

  static create(config: SupersetConnectionConfig, now?: () => number) {
    return new SupersetHttp(config, now);
  }

  private constructor(config: SupersetConnectionConfig, now?: () => number) {
    this.#config = config;
    this.#http = SystemHttp.create({
      ...config,
      configKey: SUPERSET_CONFIG_KEY,
      errors: supersetErrors,
      server: 'Superset',
      probePath: '/health',
      headers: async () => ({}),
      errorOfStatus: options => errorOfStatus({ config, ...options }),
    });
    this.#session = SupersetSession.create({ config, http: this.#http, now });
  }

  get breaker() {
    return this.#http.breaker;
  }

  /**
   * Sends one call and reads its JSON.
   *
   * @throws ConnectionUnavailableError, ConnectionDeniedError, ConnectionLimitError, ConnectionAbortedError
   */
  async json<T>(call: SupersetCall<T>): Promise<T> {
    const { body } = await this.reply({ ...call, statuses: undefined });
    if (body === undefined) throw new Error('A 200 is always read.');
    return body;
  }

  /** As {@link SupersetHttp.json}, for calls of which other statuses say something too. */
  async reply<T>(call: SupersetCall<T>): Promise<SupersetReply<T>> {
    const answer = await this.#authorised(call);
    const { status, text } = answer;
    if (status !== 200) {
      if (call.statuses?.includes(status)) return { status, text };
      throw errorOfStatus({
        config: this.#config,
        what: `${call.method} ${call.path.replace(/\?.*$/, '')}`,
        answer,
      });
    }
    const body = parseSupersetJson({
      connection: this.#config.id,
      what: call.what,
      text,
      schema: call.schema,
    });
    return { status, text, body };
  }

  /** The CSRF token that the next change will carry. */
  csrf(): Promise<unknown> {
    return this.#session.csrf();
  }

  /** Ends all sockets. */
  close(): Promise<void> {
    return this.#http.close();
  }

  async #authorised<T>(call: SupersetCall<T>): Promise<SystemAnswer> {
    let renewedToken = false;
    let renewedCsrf = false;
    for (let waits = 0; ; ) {
      const token = await this.#session.token();
      const answer = await this.#once(call, token);
      if (answer.status === 401 && !renewedToken) {
        renewedToken = true;
        if (this.#session.dropToken(token)) continue;
      }
      if (
        call.csrf &&
        !renewedCsrf &&
        answer.status === 400 &&
        CSRF.test(answer.text)
      ) {
        renewedCsrf = true;
        this.#session.dropCsrf();
        continue;
      }
      if (answer.status === 429 && waits < MOST_WAITS) {
        waits += 1;
        const waitMs = retryAfterMs(answer.headers['retry-after'], waits);
        if (waitMs <= LONGEST_WAIT_MS) {
          await this.#wait(waitMs, call.signal);
          continue;
        }
      }
      return answer;
    }
  }

  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await sleep(ms, undefined, { signal });
    } catch (cause) {
      throw supersetErrors.aborted({ connection: this.#config.id, cause });
    }
  }

  async #once<T>(call: SupersetCall<T>, token: string): Promise<SystemAnswer> {
    const { body, method } = call;
    const csrf = call.csrf ? await this.#session.csrf() : undefined;
    return this.#http.send({
      what: call.what,
      method,
      path: call.path,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(csrf
          ? {
              'x-csrftoken': csrf.token,
              // Over https Superset takes no token without it.
              referer: `${this.#config.url}/`,
              ...(csrf.cookie ? { cookie: csrf.cookie } : {}),
            }
          : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: call.signal,
      timeoutMs: call.timeoutMs,
      maxBytes: call.maxBytes ?? this.#config.maxResponseBytes,
      limitField: 'maxResponseBytes',
      statuses: [200, 400, 401, 429, ...(call.statuses ?? [])],
      // What changes something could be done twice.
      retry: method === 'GET',
      read: answer => answer,
    });
  }
}
