import type {
  GatewayBackend,
  GatewayRoute,
  GatewayView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { GatewayRoutesObserved, GatewaySampled } from '../Observation';
import { Documents } from '../shared/Documents';
import { Occurrences } from '../shared/Occurrences';
import { SampleSeries } from '../shared/SampleSeries';
import type { GatewayReads, TimeRange } from '../SystemReads';
import { epochMs } from '../storable';

const POINTS_MAX = 300;
const ROUTES_MAX = 200;

interface KnownGateway {
  readonly backends: GatewayBackend[];
  readonly defaultRoutingGroup?: string;
}

type Backends = GatewayView['series'][number]['backends'];

/** The part of the store that keeps gateways' backends, and the ways that queries took. */
export class GatewayHistory implements GatewayReads {
  readonly #latest: Documents<KnownGateway>;
  readonly #samples: SampleSeries<Backends>;
  readonly #routes: Occurrences<GatewayRoute>;

  constructor(db: Knex) {
    this.#latest = new Documents(db, 'gateway');
    this.#samples = new SampleSeries(db, 'gateway');
    this.#routes = new Occurrences(db, 'gateway-route');
  }

  async record(trx: Knex.Transaction, sampled: GatewaySampled) {
    const { connection, at, backends, defaultRoutingGroup } = sampled;
    await this.#latest.put(trx, connection, [
      { at, content: { backends: [...backends], defaultRoutingGroup } },
    ]);
    await this.#samples.put(trx, connection, {
      at,
      content: backends.map(({ name, running, queued, health, active }) => ({
        name,
        running,
        queued,
        health,
        active,
      })),
    });
  }

  async recordRoutes(trx: Knex.Transaction, observed: GatewayRoutesObserved) {
    await this.#routes.put(
      trx,
      observed.connection,
      observed.routes.map(route => ({
        id: route.queryId,
        startedAt: route.capturedAt,
        revision: [epochMs(route.capturedAt)],
        content: route,
      })),
    );
  }

  async latest(connection: string) {
    const known = await this.#latest.get(connection);
    return known && { at: known.at, ...known.content };
  }

  async series(
    connection: string,
    range: TimeRange,
  ): Promise<GatewayView['series']> {
    const samples = await this.#samples.list(connection, {
      ...range,
      limit: POINTS_MAX,
    });
    return samples.map(({ at, content }) => ({ at, backends: content }));
  }

  async routes(connection: string, range: TimeRange): Promise<GatewayRoute[]> {
    return this.#routes.list({
      connections: [connection],
      range,
      limit: ROUTES_MAX,
    });
  }

  async route(connection: string, queryId: string) {
    return this.#routes.get(connection, queryId);
  }
}
