import { readFile, stat } from 'node:fs/promises';
import type { PrometheusConnectionConfig } from './PrometheusConnectionConfig';

/** The headers that say who we are. A token's file is read again when it changes. */
export class PrometheusCredentials {
  readonly #config: PrometheusConnectionConfig;
  #token: { modifiedMs: number; text: string } | undefined;

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
    if (!file) return '';
    const { mtimeMs } = await stat(file);
    if (this.#token?.modifiedMs !== mtimeMs) {
      const text = (await readFile(file, 'utf8')).trim();
      this.#token = { modifiedMs: mtimeMs, text };
    }
    return this.#token.text;
  }
}
