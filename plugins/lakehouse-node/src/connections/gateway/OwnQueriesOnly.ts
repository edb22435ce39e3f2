import type { GatewayHttp } from './GatewayHttp';
import { readRoles } from './rest/readRoles';

/** Of the history others get only their own queries. Source: GatewayWebAppResource of Gateway 20. */
const SEES_ALL = 'ADMIN';

/** Knows whether the account sees the queries of others. Asks again after a while. */
export class OwnQueriesOnly {
  readonly #http: GatewayHttp;
  #last: { reason: string | undefined; askedMs: number } | undefined;

  static create(http: GatewayHttp): OwnQueriesOnly {
    return new OwnQueriesOnly(http);
  }

  private constructor(http: GatewayHttp) {
    this.#http = http;
  }

  /**
   * @returns why only some queries are seen; undefined when all are
   * @throws the errors of the connection
   */
  async reason(signal?: AbortSignal): Promise<string | undefined> {
    const { auth, capabilitiesTtlMs } = this.#http.config;
    if (auth.type === 'none') return undefined;
    const nowMs = performance.now();
    if (!this.#last || nowMs - this.#last.askedMs > capabilitiesTtlMs) {
      const roles = await readRoles({ http: this.#http, signal });
      const reason = roles.includes(SEES_ALL)
        ? undefined
        : `the gateway shows ${auth.user}, who has not the role ${SEES_ALL}, only the queries of ${auth.user}`;
      this.#last = { reason, askedMs: nowMs };
    }
    return this.#last.reason;
  }
}
