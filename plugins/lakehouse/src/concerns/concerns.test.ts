import {
  mockBackend,
  mockCache,
  mockConnection,
  mockDashboards,
  mockGateway,
  mockMetrics,
  mockOtherConnections,
  mockStampede,
  mockWorkloads,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { cacheConcerns } from './cacheConcerns';
import { dashboardConcerns } from './dashboardConcerns';
import { gatewayConcerns, metricsConcerns } from './trinoConcerns';
import { lookAtAll } from './useConcerns';
import { workloadConcerns } from './workloadConcerns';

const told = (concerns: ReturnType<typeof cacheConcerns>) =>
  concerns.map(({ status, name, text }) => `${status} ${name}: ${text}`);

const calmCache = {
  nodes: [],
  stampedes: [],
  prefixes: [],
  latest: undefined,
};

describe('concerns of a cache', () => {
  it('are none for a calm one', () => {
    expect(cacheConcerns(mockCache(calmCache))).toEqual([]);
  });

  it('hold a stampede that goes on as worse than one that is over', () => {
    const stampedes = [
      mockStampede({ id: '1', endedAt: undefined }),
      mockStampede({ id: '2' }),
    ];
    expect(told(cacheConcerns(mockCache({ ...calmCache, stampedes })))).toEqual(
      [
        'breached personal-api:summary:: a stampede goes on: 1,310 needless fills',
        'at-risk personal-api:summary:: had a stampede: 1,310 needless fills',
      ],
    );
  });

  it('tell of evictions in place of a full memory', () => {
    const { latest } = mockCache();
    if (!latest?.activity) throw new Error('The mock has activity.');
    const activity = { ...latest.activity, evictedKeys: 0 };
    expect(
      told(
        cacheConcerns(
          mockCache({ ...calmCache, latest: { ...latest, activity } }),
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^at-risk Sessions cache: 9\d % of its memory/),
    ]);
    activity.evictedKeys = 7;
    expect(
      told(
        cacheConcerns(
          mockCache({ ...calmCache, latest: { ...latest, activity } }),
        ),
      ),
    ).toEqual([
      'at-risk Sessions cache: is full and evicts: 7 keys in the last look',
    ]);
  });

  it('hold few lookups for no sign of a bad prefix', () => {
    const prefix = mockCache().prefixes[0];
    const of = (hits: number, misses: number) =>
      cacheConcerns(
        mockCache({
          ...calmCache,
          prefixes: [
            { ...prefix, use: { ...prefix.useSeries[0], hits, misses } },
          ],
        }),
      ).length;
    expect(of(1, 9)).toBe(0);
    expect(of(100, 900)).toBe(1);
    expect(of(900, 100)).toBe(0);
  });
});

describe('concerns of other systems', () => {
  it('tell of alerts that fired, are stuck, and of outdated dashboards', () => {
    expect(dashboardConcerns(mockDashboards()).map(({ name }) => name)).toEqual(
      ['Sales of the day are missing', 'Export has stalled', 'Sales'],
    );
  });

  it('tell of workloads that are not all there', () => {
    expect(told(workloadConcerns(mockWorkloads()))).toEqual([
      'at-risk trino-worker: 3 of 4 pods ready: waiting for 1 of 4 pods to be ready',
    ]);
  });

  it('suggest to drain a backend that is down, and to bring back one that is well', () => {
    const actions = (change: Parameters<typeof mockBackend>[0]) =>
      gatewayConcerns(mockGateway({ backends: [mockBackend(change)] })).map(
        ({ status, action }) => [status, action?.label],
      );
    expect(actions({})).toEqual([]);
    expect(actions({ health: 'unhealthy' })).toEqual([['breached', 'Drain']]);
    expect(actions({ active: false })).toEqual([['at-risk', 'Bring back']]);
    expect(actions({ active: false, health: 'unhealthy' })).toEqual([
      ['at-risk', undefined],
    ]);
  });

  it('leave out alerts of Prometheus that only may fire', () => {
    expect(
      metricsConcerns(mockMetrics({ targets: [] })).map(({ name }) => name),
    ).toEqual(['TrinoMemoryPressure', 'DiskFull']);
  });

  it('tell of what can not be scraped, once', () => {
    const target = (health: 'up' | 'down' | 'unknown', instance: string) => ({
      job: 'redis',
      instance,
      health,
    });
    const concerns = (...targets: ReturnType<typeof target>[]) =>
      told(metricsConcerns(mockMetrics({ alerts: [], targets })));
    expect(concerns(target('up', 'a'), target('unknown', 'b'))).toEqual([]);
    expect(concerns(target('down', 'a:9121'), target('up', 'b'))).toEqual([
      "at-risk Prometheus: can't scrape redis on a:9121",
    ]);
    expect(concerns(target('down', 'a'), target('down', 'b'))).toEqual([
      "at-risk Prometheus: can't scrape 2 targets",
    ]);
  });
});

describe('lookAtAll', () => {
  it('puts the worst of all systems first', async () => {
    const { items, unseen } = await lookAtAll(
      mockLakehouse({
        connections: [mockConnection(), ...mockOtherConnections()],
      }),
      [mockConnection(), ...mockOtherConnections()],
      {},
    );
    expect(unseen).toEqual([]);
    const statuses = items.map(({ status }) => status);
    expect(statuses).toEqual(
      [...statuses].sort(
        (a, b) => Number(b === 'breached') - Number(a === 'breached'),
      ),
    );
    expect(new Set(items.map(({ system }) => system))).toEqual(
      new Set([
        'trino',
        'redis',
        'superset',
        'kubernetes',
        'prometheus',
        'trino-gateway',
      ]),
    );
  });

  it('tells what could not be looked at, and goes on', async () => {
    const api = mockLakehouse({
      connections: [mockConnection(), ...mockOtherConnections()],
      overrides: {
        getCache: async () => {
          throw new TypeError('Failed to fetch');
        },
      },
    });
    const { items, unseen } = await lookAtAll(api, mockOtherConnections(), {});
    expect(unseen).toEqual([
      {
        connection: 'sessions',
        reason: 'The Backstage backend does not answer.',
      },
    ]);
    expect(items.some(({ system }) => system === 'superset')).toBe(true);
  });

  it('asks nothing of what is down, and says that it is', async () => {
    const api = mockLakehouse();
    const getCluster = jest.spyOn(api, 'getCluster');
    const down = mockConnection({ status: 'down', message: 'No answer.' });
    const { items } = await lookAtAll(api, [down], {});
    expect(getCluster).not.toHaveBeenCalled();
    expect(items[0]).toMatchObject({ status: 'breached', text: 'No answer.' });
  });

  it('holds an old look for no news', async () => {
    const observedAt = new Date(Date.now() - 3_600_000).toISOString();
    const api = mockLakehouse({
      connections: mockOtherConnections(),
      overrides: { getCache: async () => mockCache({ observedAt }) },
    });
    const { items, unseen } = await lookAtAll(api, mockOtherConnections(), {});
    expect(items.some(({ system }) => system === 'redis')).toBe(false);
    expect(unseen).toEqual([
      {
        connection: 'sessions',
        // With its day, when the hour before belongs to another.
        reason: expect.stringMatching(
          /^Last observed (\d+ \w+ )?\d\d:\d\d: NOPERM/,
        ),
      },
    ]);
  });
});
