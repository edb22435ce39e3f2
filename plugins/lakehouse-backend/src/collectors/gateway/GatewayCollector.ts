import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapClosed, gapOf, gapOfError, type LookedAt } from '../shared/gapOf';
import { backendEvents, mayHaveEvents } from './backendEvents';
import type { GatewayCollectorConfig } from './readGatewayCollectorConfig';
import { RecentRoutes } from './RecentRoutes';

const HOUR_MS = 3_600_000;
/** How long an event may last and still be found to be ended. */
const EVENTS_MS = 30 * 24 * HOUR_MS;
const MAX_EVENTS = 1000;

interface GatewayCollectorOptions {
  readonly connection: GatewayConnection;
  readonly store: Pick<ObservationStore, 'gateways' | 'timeline'>;
  readonly config: GatewayCollectorConfig;
  readonly now: () => number;
}

/** Looks at a gateway's backends, and at the ways that queries took since the last look. */
export class GatewayCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'gateway';
  readonly #options: GatewayCollectorOptions;
  readonly #recent = RecentRoutes.create();

  private constructor(options: GatewayCollectorOptions) {
    this.#options = options;
    this.connection = options.connection.id;
    this.id = `gateway:${this.connection}`;
  }

  static create(options: GatewayCollectorOptions): GatewayCollector {
    return new GatewayCollector(options);
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.#options.now()).toISOString();
    const look = {
      connection: this.connection,
      subject: 'gateway',
      at,
    } as const;
    let backends: GatewayBackend[];
    try {
      backends = await this.#options.connection.backends({ signal });
    } catch (error) {
      if (!signal.aborted) yield [gapOfError(look, error)];
      return;
    }
    yield [
      {
        type: 'GatewaySampled',
        connection: this.connection,
        at,
        defaultRoutingGroup: this.#options.connection.defaultRoutingGroup,
        backends,
      },
      ...(await this.#events(at, backends)),
      gapClosed(look),
    ];
    if (signal.aborted) return;
    yield* this.#routes({ at, backends, signal });
  }

  async #events(
    at: string,
    backends: readonly GatewayBackend[],
  ): Promise<Observation[]> {
    const { store, connection } = this.#options;
    const known = await store.gateways.latest(this.connection);
    const look = {
      connection: this.connection,
      at,
      defaultRoutingGroup: connection.defaultRoutingGroup,
      before: known?.backends,
      now: backends,
    };
    if (!mayHaveEvents(look)) return [];
    const events = await store.timeline.events({
      connections: [this.connection],
      from: new Date(Date.parse(at) - EVENTS_MS).toISOString(),
      to: at,
      limit: MAX_EVENTS,
    });
    return backendEvents(look, events).map(event => ({
      type: 'TimelineObserved',
      event,
    }));
  }

  async *#routes(options: {
    at: string;
    backends: readonly GatewayBackend[];
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const { at, backends, signal } = options;
    const { connection, config } = this.#options;
    const look = {
      connection: this.connection,
      subject: 'gateway.routes',
      at,
    } as const;
    const since = this.#recent.since ?? (await this.#lastKnown(at));
    let found: Awaited<ReturnType<GatewayConnection['routes']>>;
    try {
      found = await connection.routes({
        since,
        limit: config.maxRoutes,
        backends,
        signal,
      });
    } catch (error) {
      if (!signal.aborted) yield [gapOfError(look, error)];
      return;
    }
    const routes = found.routes.filter(route => !this.#recent.isKnown(route));
    const gap = this.#routesGap(look, { ...found, since });
    yield routes.length > 0
      ? [
          {
            type: 'GatewayRoutesObserved',
            connection: this.connection,
            routes,
          },
          gap,
        ]
      : [gap];
    // Reached only when they were stored; else they are read again.
    this.#recent.add(found.routes);
  }

  #routesGap(
    look: LookedAt,
    found: { partial?: string; truncated: boolean; since: string },
  ): Observation {
    if (found.partial !== undefined) {
      return gapOf(look, {
        code: 'forbidden',
        reason: found.partial,
        remedy:
          'give the account of the connection the role ADMIN in the gateway',
      });
    }
    if (!found.truncated) return gapClosed(look);
    const { maxRoutes } = this.#options.config;
    return gapOf(look, {
      code: 'limit',
      reason: `more than ${maxRoutes} queries went through since ${found.since}; the oldest of them are missing here`,
      remedy:
        'raise lakehouse.collectors.gateway.maxRoutes, or collect more often by its schedule',
    });
  }

  /** From where this process has to read on: another one, or an earlier life, came so far. */
  async #lastKnown(at: string): Promise<string> {
    const from = new Date(Date.parse(at) - HOUR_MS).toISOString();
    const [newest] = await this.#options.store.gateways.routes(
      this.connection,
      { from, to: at },
    );
    return newest?.capturedAt ?? from;
  }
}
