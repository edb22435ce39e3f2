import { z } from 'zod';
import type { SystemHttp } from '../../http/SystemHttp';
import { ConnectionDeniedError } from '../../shared/errors';
import type { SupersetConnectionConfig } from '../config';
import { errorOfStatus } from './errorOfStatus';
import { parseSupersetJson } from './parseSupersetJson';

const MAX_BYTES = 64 * 1024;
/** Renewed when so little of a token's life is left. */
const RENEW_BEFORE_MS = 60_000;
/** Of a token that does not tell its end; Superset's own default is 15 minutes. */
const UNTOLD_LIFE_MS = 10 * 60_000;
/** A refused password is not tried again at once: accounts get locked. */
const RETRY_REFUSED_AFTER_MS = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1) });
const claimsSchema = z.object({ iat: z.number(), exp: z.number() });
const csrfSchema = z.object({ result: z.string().min(1) });

/** What a request that changes something carries besides the token. */
export interface CsrfToken {
  readonly token: string;
  /** The session that the token belongs to. */
  readonly cookie: string;
}

/**
 * Who we are to one Superset: its access token, renewed before it ends, and the CSRF
 * token with the session cookie that it is good for.
 */
export class SupersetSession {
  readonly #config: SupersetConnectionConfig;
  readonly #http: SystemHttp;
  readonly #now: () => number;
  #token: { text: string; renewAtMs: number } | undefined;
  #login: Promise<string> | undefined;
  #refused: { error: ConnectionDeniedError; atMs: number } | undefined;
  #csrf: Promise<CsrfToken> | undefined;

  static create(options: {
    config: SupersetConnectionConfig;
    http: SystemHttp;
    now?: () => number;
  }): SupersetSession {
    return new SupersetSession(options);
  }

  private constructor(options: Parameters<typeof SupersetSession.create>[0]) {
    this.#config = options.config;
    this.#http = options.http;
    this.#now = options.now ?? Date.now;
  }

  /** A token that holds for a while; logs in when there is none. */
  async token(): Promise<string> {
    if (this.#config.auth.type === 'api-key') return this.#config.auth.apiKey;
    if (this.#token && this.#now() < this.#token.renewAtMs) {
      return this.#token.text;
    }
    this.#login ??= this.#logIn().finally(() => {
      this.#login = undefined;
    });
    return this.#login;
  }

  /** Superset did not take this token: the next request logs in anew. False when that can't help. */
  dropToken(token: string): boolean {
    if (this.#config.auth.type === 'api-key') return false;
    if (this.#token?.text === token) {
      this.#token = undefined;
      this.#csrf = undefined;
    }
    return true;
  }

  /** The CSRF token of our session; asked for once, and again after {@link SupersetSession.dropCsrf}. */
  csrf(): Promise<CsrfToken> {
    this.#csrf ??= this.#readCsrf().catch(error => {
      this.#csrf = undefined;
      throw error;
    });
    return this.#csrf;
  }

  dropCsrf() {
    this.#csrf = undefined;
  }

  async #logIn(): Promise<string> {
    const { auth } = this.#config;
    if (auth.type !== 'password') return auth.apiKey;
    const refused = this.#refused;
    if (refused && this.#now() - refused.atMs < RETRY_REFUSED_AFTER_MS) {
      throw refused.error;
    }
    try {
      const text = await this.#http.send({
        what: 'The answer to the login',
        method: 'POST',
        path: '/api/v1/security/login',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          username: auth.user,
          password: auth.password,
          provider: auth.provider,
          refresh: false,
        }),
        maxBytes: MAX_BYTES,
        retry: true,
        read: answer =>
          parseSupersetJson({
            connection: this.#config.id,
            what: 'The answer to the login',
            text: answer.text,
            schema: tokenSchema,
          }).access_token,
      });
      this.#refused = undefined;
      this.#token = { text, renewAtMs: this.#now() + lifeOf(text) };
      this.#csrf = undefined;
      return text;
    } catch (error) {
      if (error instanceof ConnectionDeniedError) {
        this.#refused = { error, atMs: this.#now() };
      }
      throw error;
    }
  }

  async #readCsrf(): Promise<CsrfToken> {
    const what = 'The CSRF token';
    const path = '/api/v1/security/csrf_token/';
    const ask = (token: string) =>
      this.#http.send({
        what,
        method: 'GET',
        path,
        headers: { authorization: `Bearer ${token}` },
        maxBytes: MAX_BYTES,
        statuses: [200, 401],
        retry: true,
        read: answer => answer,
      });
    const token = await this.token();
    let answer = await ask(token);
    if (answer.status === 401 && this.dropToken(token)) {
      answer = await ask(await this.token());
    }
    if (answer.status !== 200) {
      throw errorOfStatus({
        config: this.#config,
        what: `GET ${path}`,
        answer,
      });
    }
    const { result } = parseSupersetJson({
      connection: this.#config.id,
      what,
      text: answer.text,
      schema: csrfSchema,
    });
    return { token: result, cookie: answer.cookies.join('; ') };
  }
}

/** How long a token may be used, by its own claims: their difference needs no clock that agrees with ours. */
function lifeOf(token: string): number {
  const [, payload = ''] = token.split('.');
  try {
    const claims = claimsSchema.safeParse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    if (!claims.success) return UNTOLD_LIFE_MS;
    const lifeMs = (claims.data.exp - claims.data.iat) * 1000;
    return Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2);
  } catch {
    // Not a JWT: it is still a token.
    return UNTOLD_LIFE_MS;
  }
}
