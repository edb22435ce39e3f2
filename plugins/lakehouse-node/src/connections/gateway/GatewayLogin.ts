import { z } from 'zod';
import type { SystemRequest } from '../http/SystemRequest';
import { readJsonAnswer } from '../http/readJsonAnswer';
import { gatewayErrors } from './errors';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';

const MAX_ANSWER_BYTES = 64 * 1024;

type Headers = Readonly<Record<string, string>>;

/** A failed login has no data and comes with HTTP 200 all the same. Source: measured on Gateway 20. */
const answerSchema = z.object({
  code: z.number(),
  msg: z.string().nullish(),
  data: z.object({ token: z.string().min(1) }).nullish(),
});

/** The headers that say who we are; for a form login those of its token, which is kept. */
export class GatewayLogin {
  readonly #config: GatewayConnectionConfig;
  readonly #send: <T>(options: SystemRequest<T>) => Promise<T>;
  #token: string | undefined;
  #loggingIn: Promise<string> | undefined;

  static create(options: {
    config: GatewayConnectionConfig;
    send: <T>(options: SystemRequest<T>) => Promise<T>;
  }): GatewayLogin {
    return new GatewayLogin(options);
  }

  private constructor(options: Parameters<typeof GatewayLogin.create>[0]) {
    this.#config = options.config;
    this.#send = options.send;
  }

  /**
   * @returns the headers, and whether others may be had by a new login
   * @throws ConnectionDeniedError of status 401 when the login is refused
   */
  async headers(): Promise<{ headers: Headers; renewable: boolean }> {
    const { auth } = this.#config;
    switch (auth.type) {
      case 'basic': {
        const pair = Buffer.from(`${auth.user}:${auth.password}`, 'utf8');
        return {
          headers: { authorization: `Basic ${pair.toString('base64')}` },
          renewable: false,
        };
      }
      case 'form': {
        const kept = this.#token;
        const token = kept ?? (await this.#logIn(auth));
        return { headers: bearer(token), renewable: kept !== undefined };
      }
      default:
        return { headers: {}, renewable: false };
    }
  }

  /** These headers were refused. */
  forget(headers: Headers): void {
    if (
      this.#token &&
      bearer(this.#token).authorization === headers.authorization
    ) {
      this.#token = undefined;
    }
  }

  /** One login for all who wait for it, so that none of them may end it. */
  #logIn(auth: { user: string; password: string }): Promise<string> {
    this.#loggingIn ??= this.#askForToken(auth).finally(() => {
      this.#loggingIn = undefined;
    });
    return this.#loggingIn;
  }

  async #askForToken(auth: {
    user: string;
    password: string;
  }): Promise<string> {
    const { id } = this.#config;
    const answer = await this.#send({
      what: 'The answer to the login',
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: auth.user, password: auth.password }),
      maxBytes: MAX_ANSWER_BYTES,
      read: ({ text }) =>
        readJsonAnswer({
          connection: id,
          errors: gatewayErrors,
          what: 'The answer to the login',
          system: 'Trino Gateway',
          text,
          schema: answerSchema,
        }),
    });
    if (answer.code !== 200 || !answer.data) {
      throw gatewayErrors.denied({
        connection: id,
        status: 401,
        reason: `the login of ${auth.user} was refused${
          answer.msg ? `: ${answer.msg.slice(0, 200)}` : ''
        }`,
        remedy: 'correct auth.user and auth.password of the connection',
      });
    }
    this.#token = answer.data.token;
    return answer.data.token;
  }
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}
