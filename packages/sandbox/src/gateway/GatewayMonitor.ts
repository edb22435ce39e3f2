import { z } from 'zod';
import type { GatewayWorld, SandboxBackend } from './GatewayWorld';

const TIMEOUT_MS = 2000;
const USER = { 'x-trino-user': 'lakehouse-ops' };

const listSchema = z.array(
  z.object({
    queryId: z.string(),
    state: z.string(),
    query: z.string(),
    session: z.object({ user: z.string(), source: z.string().nullish() }),
    queryStats: z.object({ createTime: z.string() }),
  }),
);

/** Looks at each backend again and again, as a gateway does. */
export class GatewayMonitor {
  readonly #world: GatewayWorld;
  readonly #adoptQueries: boolean;
  readonly #timer: NodeJS.Timeout;
  #passing: Promise<void> | undefined;

  private constructor(options: Parameters<typeof GatewayMonitor.start>[0]) {
    this.#world = options.world;
    this.#adoptQueries = options.adoptQueries;
    this.#timer = setInterval(() => {
      this.pass();
    }, options.everyMs);
    this.#timer.unref();
  }

  static start(options: {
    world: GatewayWorld;
    everyMs: number;
    /** Whether queries that a backend has are taken for having come through here. */
    adoptQueries: boolean;
  }): GatewayMonitor {
    return new GatewayMonitor(options);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks at all backends once. */
  pass(): Promise<void> {
    this.#passing ??= Promise.all(
      this.#world.backends.map(backend => this.#look(backend)),
    )
      .then(() => undefined)
      .finally(() => {
        this.#passing = undefined;
      });
    return this.#passing;
  }

  async #look(backend: SandboxBackend): Promise<void> {
    const queries = backend.dead ? undefined : await listQueries(backend);
    const count = (states: readonly string[]) =>
      queries?.filter(({ state }) => states.includes(state)).length ?? 0;
    backend.status = queries ? 'HEALTHY' : 'UNHEALTHY';
    backend.running = count(['RUNNING', 'FINISHING']);
    backend.queued = count(['QUEUED', 'WAITING_FOR_RESOURCES']);
    if (!this.#adoptQueries) return;
    for (const { queryId, query, session, queryStats } of queries ?? []) {
      this.#world.remember({
        queryId,
        queryText: query,
        user: session.user,
        source: session.source ?? '',
        backendUrl: backend.proxyTo,
        externalUrl: backend.proxyTo,
        captureTime: Date.parse(queryStats.createTime),
        routingGroup: backend.routingGroup,
      });
    }
  }
}

/** Nothing when it does not answer. */
async function listQueries(backend: SandboxBackend) {
  try {
    const answer = await fetch(`${backend.proxyTo}/v1/query`, {
      headers: USER,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return listSchema.parse(await answer.json());
  } catch {
    // Whatever it is, a monitor takes it for ill health.
    return undefined;
  }
}
