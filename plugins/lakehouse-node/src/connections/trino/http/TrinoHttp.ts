import { SystemHttp } from '../../http/SystemHttp';
import type { SystemRequest } from '../../http/SystemRequest';
import type { TrinoConnectionConfig } from '../config';
import { trinoErrors } from '../errors';
import { errorOfStatus } from './errorOfStatus';
import { TrinoCredentials } from './TrinoCredentials';

/** All HTTP of one Trino connection. */
export class TrinoHttp {
  readonly config: TrinoConnectionConfig;
  readonly #http: SystemHttp;

  static create(config: TrinoConnectionConfig) {
    return new TrinoHttp(config);
  }

  private constructor(config: TrinoConnectionConfig) {
    this.config = config;
    const credentials = TrinoCredentials.create(config);
    this.#http = SystemHttp.create({
      ...config,
      configKey: 'lakehouse.trino.connections',
      errors: trinoErrors,
      server: 'the coordinator',
      probePath: '/v1/info',
      headers: () => credentials.headers(),
      errorOfStatus: options => errorOfStatus({ config, ...options }),
      // Without the slug, with which anyone could fetch a query's result.
      pathForMessages: path =>
        path.replace(/^(\/v1\/statement\/\w+\/\w+)\/.*$/, '$1'),
    });
  }

  get breaker() {
    return this.#http.breaker;
  }

  /**
   * @throws TrinoUnavailableError, TrinoDeniedError, TrinoLimitError,
   * TrinoAbortedError
   */
  send<T>(options: SystemRequest<T>): Promise<T> {
    return this.#http.send(options);
  }

  /** Ends all sockets. */
  close(): Promise<void> {
    return this.#http.close();
  }
}
