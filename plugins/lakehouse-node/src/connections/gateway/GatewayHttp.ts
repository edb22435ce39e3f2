import { SystemHttp } from '../http/SystemHttp';
import type { SystemRequest } from '../http/SystemRequest';
import { ConnectionDeniedError } from '../shared/errors';
import { gatewayErrors } from './errors';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';
import { errorOfGatewayStatus } from './errorOfGatewayStatus';
import { GatewayLogin } from './GatewayLogin';

/** All HTTP of one Trino Gateway, with its login. */
export class GatewayHttp {
  readonly config: GatewayConnectionConfig;
  readonly #http: SystemHttp;
  readonly #login: GatewayLogin;

  static create(config: GatewayConnectionConfig): GatewayHttp {
    return new GatewayHttp(config);
  }

  private constructor(config: GatewayConnectionConfig) {
    this.config = config;
    this.#http = SystemHttp.create({
      ...config,
      configKey: 'lakehouse.trinoGateway.connections',
      errors: gatewayErrors,
      server: 'the gateway',
      probePath: '/trino-gateway/livez',
      headers: async () => ({}),
      errorOfStatus: options => errorOfGatewayStatus({ config, ...options }),
    });
    this.#login = GatewayLogin.create({
      config,
      send: options => this.#http.send(options),
    });
  }

  get breaker() {
    return this.#http.breaker;
  }

  /**
   * Sends a request as who we are. Where a token was refused, a new one is asked for
   * once: tokens end, and a gateway that got a new key knows none of the old.
   *
   * @throws the errors of the connection
   */
  async send<T>(options: SystemRequest<T>): Promise<T> {
    const login = await this.#login.headers();
    try {
      return await this.#http.send(withHeaders(options, login.headers));
    } catch (error) {
      const renewable =
        error instanceof ConnectionDeniedError && login.renewable;
      if (!renewable) throw error;
      this.#login.forget(login.headers);
      const renewed = await this.#login.headers();
      return this.#http.send(withHeaders(options, renewed.headers));
    }
  }

  /** What a status means that is none of those expected. */
  errorOf(what: string, answer: { status: number; text: string }): Error {
    return errorOfGatewayStatus({ config: this.config, what, answer });
  }

  /** Ends all sockets. */
  close(): Promise<void> {
    return this.#http.close();
  }
}

function withHeaders<T>(
  options: SystemRequest<T>,
  headers: Readonly<Record<string, string>>,
): SystemRequest<T> {
  return { ...options, headers: { ...options.headers, ...headers } };
}
