import { InputError } from '@backstage/errors';
import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import { CapabilityProbe } from '../shared/CapabilityProbe';
import { RefusalWatch } from '../shared/RefusalWatch';
import type { SystemCapabilities } from '../shared/SystemConnection';
import type {
  GatewayChange,
  GatewayConnection,
  GatewayRoutes,
  GatewayRoutesRequest,
} from './GatewayConnection';
import type { GatewayConnectionConfig } from './GatewayConnectionConfig';
import { GatewayHttp } from './GatewayHttp';
import { OwnQueriesOnly } from './OwnQueriesOnly';
import { probeGateway } from './probeGateway';
import { readBackends } from './rest/readBackends';
import { MAX_ROUTES, readRoutes } from './rest/readRoutes';
import { setBackendActive } from './rest/setBackendActive';

const DEFAULT_ROUTES = 200;

/**
 * {@link GatewayConnection} over HTTP.
 *
 * @public
 */
export class DefaultGatewayConnection implements GatewayConnection {
  readonly system = 'trino-gateway';
  readonly #config: GatewayConnectionConfig;
  readonly #http: GatewayHttp;
  readonly #ownQueriesOnly: OwnQueriesOnly;
  readonly #probe: CapabilityProbe;
  readonly #closing = new AbortController();
  readonly #refusals = RefusalWatch.create(() => this.#probe.doubt());

  static create(config: GatewayConnectionConfig): DefaultGatewayConnection {
    return new DefaultGatewayConnection(config);
  }

  private constructor(config: GatewayConnectionConfig) {
    this.#config = config;
    this.#http = GatewayHttp.create(config);
    this.#ownQueriesOnly = OwnQueriesOnly.create(this.#http);
    this.#probe = CapabilityProbe.create({
      ttlMs: config.capabilitiesTtlMs,
      probe: () =>
        probeGateway({
          http: this.#http,
          ownQueriesOnly: this.#ownQueriesOnly,
          signal: this.#closing.signal,
        }),
    });
  }

  get id(): string {
    return this.#config.id;
  }

  get title(): string {
    return this.#config.title;
  }

  get uiUrl(): string | undefined {
    return this.#config.uiUrl;
  }

  get user(): string | undefined {
    const { auth } = this.#config;
    return auth.type === 'none' ? undefined : auth.user;
  }

  get defaultRoutingGroup(): string {
    return this.#config.defaultRoutingGroup;
  }

  get monitor() {
    return this.#config.monitor;
  }

  backends(options: { signal?: AbortSignal } = {}): Promise<GatewayBackend[]> {
    return this.#refusals.over(() =>
      readBackends({ ...options, http: this.#http }),
    );
  }

  async routes(request: GatewayRoutesRequest = {}): Promise<GatewayRoutes> {
    const limit = request.limit ?? DEFAULT_ROUTES;
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROUTES) {
      throw new InputError(
        `limit is ${limit}. Ask for 1 to ${MAX_ROUTES} routes.`,
      );
    }
    const { signal } = request;
    const backends = request.backends ?? (await this.backends({ signal }));
    return this.#refusals.over(async () => ({
      ...(await readRoutes({ ...request, http: this.#http, backends, limit })),
      partial: await this.#ownQueriesOnly.reason(signal),
    }));
  }

  setActive(
    backend: string,
    options: { active: boolean; signal?: AbortSignal },
  ): Promise<GatewayChange> {
    return this.#refusals.over(() =>
      setBackendActive({ ...options, http: this.#http, backend }),
    );
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<SystemCapabilities> {
    return this.#refusals.over(() => this.#probe.get(options));
  }

  status() {
    return {
      capabilities: this.#probe.last,
      available: this.#http.breaker.available,
      lastError:
        this.#http.breaker.lastError ??
        this.#refusals.lastError ??
        this.#probe.lastError,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the backend is shutting down'));
    await this.#http.close();
  }
}
