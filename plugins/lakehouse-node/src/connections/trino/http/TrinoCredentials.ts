import { TokenFile } from '../../shared/TokenFile';
import type { TrinoConnectionConfig } from '../config';

/**
 * The headers that say who we are. A token's file is read again when it changes.
 */
export class TrinoCredentials {
  readonly #config: TrinoConnectionConfig;
  readonly #tokenFile = new TokenFile();

  static create(config: TrinoConnectionConfig) {
    return new TrinoCredentials(config);
  }

  private constructor(config: TrinoConnectionConfig) {
    this.#config = config;
  }

  /** @throws when the token's file can't be read */
  async headers(): Promise<Record<string, string>> {
    const { auth, user, source } = this.#config;
    const headers = { 'x-trino-user': user, 'x-trino-source': source };
    switch (auth.type) {
      case 'basic': {
        const pair = Buffer.from(`${auth.user}:${auth.password}`, 'utf8');
        return {
          ...headers,
          authorization: `Basic ${pair.toString('base64')}`,
        };
      }
      case 'jwt': {
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
