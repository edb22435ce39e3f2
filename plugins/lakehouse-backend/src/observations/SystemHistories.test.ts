import fc from 'fast-check';
import { at, onEachDatabase } from './__testUtils__/onEachDatabase';
import type { Observation } from './Observation';

jest.setTimeout(180_000);

const HOUR = { from: at(0), to: at(3_600) };

const backend = {
  name: 'adhoc',
  routingGroup: 'adhoc',
  proxyTo: 'http://trino',
  active: true,
  health: 'healthy' as const,
  running: 1,
};

const route = (queryId: string, seconds: number, user?: string) => ({
  queryId,
  capturedAt: at(seconds),
  user,
  backendUrl: 'http://trino',
  diverted: false,
});

const event = (id: string, overrides: object = {}): Observation => ({
  type: 'TimelineObserved',
  event: {
    id,
    connection: 'cache',
    kind: 'stampede',
    at: at(100),
    severity: 'warning',
    title: `Event ${id}`,
    ...overrides,
  },
});

const OBSERVATIONS: Observation[] = [
  {
    type: 'GatewaySampled',
    connection: 'gw',
    at: at(10),
    defaultRoutingGroup: 'adhoc',
    backends: [backend],
  },
  {
    type: 'GatewaySampled',
    connection: 'gw',
    at: at(20),
    backends: [{ ...backend, active: false, running: undefined }],
  },
  {
    type: 'GatewayRoutesObserved',
    connection: 'gw',
    routes: [route('q1', 5), route('q2', 6), route('q1', 7, 'alice')],
  },
  {
    type: 'MetricsObserved',
    connection: 'prom',
    at: at(10),
    alerts: [
      { connection: 'prom', name: 'Down', state: 'firing', labels: { a: 'b' } },
    ],
    targets: [{ job: 'trino', instance: 'a', health: 'up' }],
  },
  { type: 'MetricsObserved', connection: 'prom', at: at(20), alerts: [] },
  event('e1'),
  event('e1', { until: at(160) }),
  event('e2', { at: at(130), connection: 'gw', severity: 'critical' }),
  event('past', { at: at(-500) }),
  event('spans', { at: at(-500), until: at(50) }),
  event('weird\0', { at: at(90), title: 'NUL \0 and half \ud800' }),
];

onEachDatabase('SystemHistories', current => {
  const dump = async () => {
    const { knex } = current();
    const rows = await Promise.all(
      ['documents', 'samples', 'occurrences'].map(table =>
        knex(table).select('*'),
      ),
    );
    return rows.map(of =>
      // The revision tells when an event that lasts was told.
      of.map(({ revision: _, ...row }) => JSON.stringify(row)).sort(),
    );
  };

  it('tells a gateway over time, and the ways that queries took', async () => {
    const { store } = current();
    await store.record(OBSERVATIONS);
    expect(await store.gateways.latest('gw')).toEqual({
      at: at(20),
      backends: [{ ...backend, active: false, running: undefined }],
    });
    const series = await store.gateways.series('gw', HOUR);
    expect(series.map(point => point.at)).toEqual([at(10), at(20)]);
    expect(series[0].backends).toEqual([
      { name: 'adhoc', running: 1, health: 'healthy', active: true },
    ]);
    const routes = await store.gateways.routes('gw', HOUR);
    expect(routes.map(({ queryId, user }) => [queryId, user])).toEqual([
      ['q1', 'alice'],
      ['q2', undefined],
    ]);
    expect(await store.gateways.route('gw', 'q2')).toMatchObject({
      capturedAt: at(6),
    });
    expect(await store.gateways.route('gw', 'nope')).toBeUndefined();
    expect(await store.gateways.route('other', 'q2')).toBeUndefined();
  });

  it('keeps the targets of metrics when a look has none', async () => {
    const { store } = current();
    await store.record(OBSERVATIONS);
    expect(await store.metrics.latest('prom')).toEqual({
      at: at(20),
      alerts: [],
      targets: [{ job: 'trino', instance: 'a', health: 'up' }],
    });
  });

  it('tells what happened in a range, newest first, of the connections asked', async () => {
    const { store } = current();
    await store.record(OBSERVATIONS);
    const events = async (connections: string[], limit = 10) =>
      (await store.timeline.events({ ...HOUR, connections, limit })).map(
        ({ id, until }) => [id, until],
      );
    expect(await events(['cache', 'gw'])).toEqual([
      ['e2', undefined],
      ['e1', at(160)],
      ['weird\0', undefined],
      ['spans', at(50)],
    ]);
    expect(await events(['gw'])).toEqual([['e2', undefined]]);
    expect(await events(['cache', 'gw'], 1)).toHaveLength(1);
    expect(await events([])).toEqual([]);
  });

  it('lets the words stand that were told last while an event lasts, then its end', async () => {
    const { store } = current();
    const title = async () => {
      const request = { ...HOUR, connections: ['cache'], limit: 1 };
      const [{ title: told }] = await store.timeline.events(request);
      return told;
    };
    const tell = async (overrides: object) => {
      await store.record([event('e1', overrides)]);
      // The clock that orders tellings counts milliseconds.
      await new Promise(resolve => setTimeout(resolve, 5));
    };
    await tell({ title: '9 fills' });
    await tell({ title: '12 fills' });
    expect(await title()).toBe('12 fills');
    await tell({ title: '15 fills, over', until: at(160) });
    await tell({ title: '13 fills' });
    expect(await title()).toBe('15 fills, over');
  });

  it('ends in the same rows whatever the order, the batches and the repetitions', async () => {
    const { knex, store } = current();
    await store.record(OBSERVATIONS);
    const expected = await dump();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...OBSERVATIONS, ...OBSERVATIONS], {
          minLength: 2 * OBSERVATIONS.length,
        }),
        fc.integer({ min: 1, max: 8 }),
        async (observations, size) => {
          for (const table of ['documents', 'samples', 'occurrences']) {
            await knex(table).delete();
          }
          for (let index = 0; index < observations.length; index += size) {
            await store.record(observations.slice(index, index + size));
          }
          expect(await dump()).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('deletes what is older than samples are kept', async () => {
    const { store } = current();
    await store.record([
      ...OBSERVATIONS,
      {
        type: 'CacheUseReported',
        connection: 'cache',
        instance: 'a',
        prefixes: [
          {
            prefix: 'p:',
            use: {
              at: at(1),
              windowSeconds: 10,
              hits: 1,
              misses: 0,
              writes: 0,
              deletes: 0,
              duplicateMisses: 0,
            },
          },
        ],
      },
    ]);
    const prune = (samplesBefore: string) =>
      store.prune({
        queriesBefore: at(0),
        samplesBefore,
        inspectionsBefore: at(0),
        gapsBefore: at(0),
      });
    // The cache's use, one sample of the gateway, both routes, two old events, the targets.
    expect(await prune(at(15))).toBe(6);
    expect(await prune(at(15))).toBe(0);
    expect(await store.gateways.series('gw', HOUR)).toHaveLength(1);
    expect(await store.gateways.latest('gw')).toBeDefined();
    expect(await store.caches.prefixes('cache', HOUR)).toEqual([]);
    await prune(at(9_999));
    expect((await dump()).flat()).toEqual([]);
  });
});
