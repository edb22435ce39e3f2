import { randomUUID } from 'node:crypto';

/** What a gateway thinks of a backend. */
export type SandboxBackendStatus = 'PENDING' | 'HEALTHY' | 'UNHEALTHY';

/** One Trino behind the gateway. */
export interface SandboxBackend {
  readonly name: string;
  readonly routingGroup: string;
  readonly proxyTo: string;
  active: boolean;
  status: SandboxBackendStatus;
  running: number;
  queued: number;
  /** No request gets through to it. */
  dead: boolean;
}

/** A row of the query history. */
export interface SandboxHistoryRow {
  readonly queryId: string;
  readonly queryText: string;
  readonly user: string;
  readonly source: string;
  readonly backendUrl: string;
  readonly captureTime: number;
  readonly routingGroup: string;
  readonly externalUrl: string;
}

const MAX_HISTORY = 5000;

/**
 * What a gateway remembers: its backends, the way of each query, and who is logged in.
 *
 * @public
 */
export class GatewayWorld {
  readonly backends: SandboxBackend[];
  readonly defaultRoutingGroup: string;
  readonly #tokens = new Map<string, string>();
  readonly #history = new Map<string, SandboxHistoryRow>();

  private constructor(options: Parameters<typeof GatewayWorld.create>[0]) {
    this.defaultRoutingGroup = options.defaultRoutingGroup;
    this.backends = options.backends.map(backend => ({
      ...backend,
      active: true,
      status: 'PENDING',
      running: 0,
      queued: 0,
      dead: false,
    }));
  }

  static create(options: {
    defaultRoutingGroup: string;
    backends: ReadonlyArray<
      Pick<SandboxBackend, 'name' | 'routingGroup' | 'proxyTo'>
    >;
  }): GatewayWorld {
    return new GatewayWorld(options);
  }

  backend(name: string): SandboxBackend | undefined {
    return this.backends.find(one => one.name === name);
  }

  /** Where a new query of a group goes: to the default group when its own has nobody who is well. */
  route(group: string): SandboxBackend | undefined {
    const usable = (of: string) =>
      this.backends.find(
        one =>
          one.routingGroup === of && one.active && one.status === 'HEALTHY',
      );
    return usable(group) ?? usable(this.defaultRoutingGroup);
  }

  /** A backend that comes back is looked at before it gets queries. */
  setActive(backend: SandboxBackend, active: boolean): void {
    if (active && !backend.active) backend.status = 'PENDING';
    backend.active = active;
  }

  remember(row: SandboxHistoryRow): void {
    if (this.#history.has(row.queryId)) return;
    this.#history.set(row.queryId, row);
    const [oldest] = this.#history.keys();
    if (this.#history.size > MAX_HISTORY) this.#history.delete(oldest);
  }

  /** Where a query runs that was started here. */
  backendOf(queryId: string): SandboxBackend | undefined {
    const url = this.#history.get(queryId)?.backendUrl;
    return this.backends.find(one => one.proxyTo === url);
  }

  /** Newest first. */
  history(filter: {
    user?: string;
    queryId?: string;
    source?: string;
    externalUrl?: string;
  }): SandboxHistoryRow[] {
    return [...this.#history.values()]
      .filter(
        row =>
          (!filter.user || row.user === filter.user) &&
          (!filter.queryId || row.queryId === filter.queryId) &&
          (!filter.source || row.source === filter.source) &&
          (!filter.externalUrl || row.externalUrl === filter.externalUrl),
      )
      .sort((one, other) => other.captureTime - one.captureTime);
  }

  logIn(user: string): string {
    const token = randomUUID();
    this.#tokens.set(token, user);
    return token;
  }

  /** Whose token it is. */
  loggedInAs(token: string): string | undefined {
    return this.#tokens.get(token);
  }

  /** All tokens end, as when the gateway gets a new key. */
  logOutAll(): void {
    this.#tokens.clear();
  }
}
