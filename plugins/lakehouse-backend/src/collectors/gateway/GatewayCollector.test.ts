import type {
  GatewayBackend,
  GatewayRoute,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  ConnectionUnavailableError,
  type GatewayConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { GatewayCollector } from './GatewayCollector';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');

const etl: GatewayBackend = {
  name: 'etl',
  routingGroup: 'etl',
  proxyTo: 'http://etl',
  active: true,
  health: 'healthy',
  running: 0,
  queued: 0,
};

const route = (id: number, secondsAgo: number): GatewayRoute => ({
  queryId: `q${id}`,
  capturedAt: new Date(NOW - secondsAgo * 1000).toISOString(),
  backendUrl: 'http://etl',
  diverted: false,
});

function setUp() {
  const backends = jest.fn(async () => [etl]);
  const routes = jest.fn<
    ReturnType<GatewayConnection['routes']>,
    Parameters<GatewayConnection['routes']>
  >(async () => ({ routes: [], truncated: false }));
  const connection: GatewayConnection = {
    id: 'gw',
    title: 'Gateway',
    system: 'trino-gateway',
    defaultRoutingGroup: 'adhoc',
    monitor: 'METRICS',
    backends,
    routes,
    setActive: async () => 'changed',
    capabilities: async () => ({ probedAt: '', capabilities: [] }),
    status: () => ({ available: true }),
    close: async () => {},
  };
  const latest = jest.fn<
    ReturnType<ObservationStore['gateways']['latest']>,
    []
  >(async () => undefined);
  const known = jest.fn(async (): Promise<GatewayRoute[]> => []);
  const events = jest.fn(async (): Promise<TimelineEvent[]> => []);
  const collector = GatewayCollector.create({
    connection,
    store: {
      gateways: {
        latest,
        routes: known,
        series: async () => [],
        route: async () => undefined,
      },
      timeline: { events },
    },
    config: { maxRoutes: 100 },
    now: () => NOW,
  });
  return { collector, backends, routes, latest, known, events };
}

describe('GatewayCollector', () => {
  it('tells backends and the ways of queries', async () => {
    const { collector, routes } = setUp();
    routes.mockResolvedValue({ routes: [route(1, 10)], truncated: false });
    const told = await collect(collector);
    expect(ofType(told, 'GatewaySampled')).toEqual([
      {
        type: 'GatewaySampled',
        connection: 'gw',
        at: '2026-11-21T10:00:00.000Z',
        defaultRoutingGroup: 'adhoc',
        backends: [etl],
      },
    ]);
    expect(ofType(told, 'GatewayRoutesObserved')[0].routes).toHaveLength(1);
    expect(ofType(told, 'GapClosed').map(({ subject }) => subject)).toEqual([
      'gateway',
      'gateway.routes',
    ]);
    expect(ofType(told, 'GapOpened')).toEqual([]);
  });

  it('tells only new ways, and asks for no older ones', async () => {
    const { collector, routes, known } = setUp();
    known.mockResolvedValue([route(0, 60)]);
    routes.mockResolvedValue({ routes: [route(1, 10)], truncated: false });
    await collect(collector);
    expect(routes.mock.calls[0][0]?.since).toBe('2026-11-21T09:59:00.000Z');
    routes.mockResolvedValue({
      routes: [route(2, 5), route(1, 10)],
      truncated: false,
    });
    const told = await collect(collector);
    // With the overlap in which rows may come late.
    expect(routes.mock.calls[1][0]?.since).toBe('2026-11-21T09:59:45.000Z');
    expect(
      ofType(told, 'GatewayRoutesObserved')[0].routes.map(one => one.queryId),
    ).toEqual(['q2']);
    expect(ofType(await collect(collector), 'GatewayRoutesObserved')).toEqual(
      [],
    );
    expect(known).toHaveBeenCalledTimes(1);
  });

  it('reads them again when they were not stored', async () => {
    const { collector, routes } = setUp();
    routes.mockResolvedValue({ routes: [route(1, 10)], truncated: false });
    const { signal } = new AbortController();
    for await (const batch of collector.collect({ signal })) {
      // As the runner does when the store fails.
      if (batch.some(({ type }) => type === 'GatewayRoutesObserved')) break;
    }
    expect(
      ofType(await collect(collector), 'GatewayRoutesObserved')[0].routes,
    ).toHaveLength(1);
  });

  it('has a gap for all when the gateway does not answer', async () => {
    const { collector, backends, routes } = setUp();
    backends.mockRejectedValue(
      new ConnectionUnavailableError('Trino Gateway', {
        connection: 'gw',
        kind: 'unreachable',
        reason: 'nothing listens',
        remedy: 'start it',
      }),
    );
    expect(await collect(collector)).toEqual([
      {
        type: 'GapOpened',
        gap: {
          connection: 'gw',
          subject: 'gateway',
          since: '2026-11-21T10:00:00.000Z',
          code: 'unreachable',
          reason: 'nothing listens',
          remedy: 'start it',
        },
      },
    ]);
    expect(routes).not.toHaveBeenCalled();
  });

  it.each([
    [
      { routes: [route(1, 1)], truncated: true },
      'limit',
      'more than 100 queries',
    ],
    [
      { routes: [], truncated: false, partial: 'only the queries of ops' },
      'forbidden',
      'only the queries of ops',
    ],
  ])(
    'has a gap for the ways that are missing: %j',
    async (found, code, said) => {
      const { collector, routes } = setUp();
      routes.mockResolvedValue(found);
      const [gap] = ofType(await collect(collector), 'GapOpened');
      expect(gap.gap).toMatchObject({
        subject: 'gateway.routes',
        code,
        reason: expect.stringContaining(said),
      });
    },
  );

  it('has a gap for the ways alone when only they fail', async () => {
    const { collector, routes } = setUp();
    routes.mockRejectedValue(new Error('no'));
    const told = await collect(collector);
    expect(ofType(told, 'GatewaySampled')).toHaveLength(1);
    expect(ofType(told, 'GapOpened').map(({ gap }) => gap.subject)).toEqual([
      'gateway.routes',
    ]);
  });

  it('tells that a backend went down, once', async () => {
    const { collector, backends, latest, events } = setUp();
    latest.mockResolvedValue({ at: '', backends: [etl] });
    backends.mockResolvedValue([{ ...etl, health: 'unhealthy' }]);
    const [told] = ofType(await collect(collector), 'TimelineObserved');
    expect(told.event).toMatchObject({ kind: 'backend-down', subject: 'etl' });
    latest.mockResolvedValue({
      at: '',
      backends: [{ ...etl, health: 'unhealthy' }],
    });
    events.mockResolvedValue([told.event]);
    expect(ofType(await collect(collector), 'TimelineObserved')).toEqual([]);
    expect(events).toHaveBeenCalledTimes(1);
  });
});
