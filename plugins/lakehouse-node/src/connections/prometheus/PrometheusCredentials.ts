import { TokenFile } from '../shared/TokenFile';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';

/** The headers that say who we are. A token's file is read again when it changes. */
export class PrometheusCredentials {
  readonly #config: PrometheusConnectionConfig;
  readonly #tokenFile = new TokenFile();

  static create(config: PrometheusConnectionConfig): PrometheusCredentials {
    return new PrometheusCredentials(config);
  }

  private constructor(config: PrometheusConnectionConfig) {
    this.#config = config;
  }

  /** @throws when the token's file can't be read */
  async headers(): Promise<Record<string, string>> {
    const { auth, tenant } = this.#config;
    const headers: Record<string, string> = tenant
      ? { [tenant.header]: tenant.value }
      : {};
    switch (auth.type) {
      case 'basic': {
        const pair = Buffer.from(`${auth.user}:${auth.password}`, 'utf8');
        return {
          ...headers,
          authorization: `Basic ${pair.toString('base64')}`,
        };
      }
      case 'bearer': {
        const token = auth.token ?? (await this.#readToken(auth.tokenFile));
        return { ...headers, authorization: `Bearer ${token}` };
      }
      default:
        return headers;
    }
  }

  async #readToken(file: string | undefined): Promise<string> {
    return file ? this.#tokenFile.text(file) : '';
  }
}
