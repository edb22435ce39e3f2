import type { Entity } from '@backstage/catalog-model';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import { DatabaseObservationStore } from '../../observations/DatabaseObservationStore';
import type { Observation } from '../../observations/Observation';
import { MemoryBook } from '../__testUtils__/memorySlos';
import { sloDefinition, storedSlo } from '../__testUtils__/slos';
import { parseSloFiles } from '../definitions/parseSloFiles';
import { pullRequestUrl } from './pullRequestUrl';
import { SloProposals } from './SloProposals';
import { pleasantAbove, targetBelow } from './steps';

const NOW_MS = Date.parse('2026-11-21T17:40:00Z');
const HOUR_MS = 3_600_000;
const TABLE = 'iceberg.gold.daily_sales';

function query(index: number, overrides: Partial<QueryRecord> = {}) {
  const endedAt = new Date(NOW_MS - (index + 1) * HOUR_MS).toISOString();
  const observation: Observation = {
    type: 'QueryObserved',
    query: {
      connection: 'analytics',
      queryId: `q${index}`,
      state: 'FINISHED',
      source: 'personal-api',
      clientTags: [],
      resourceGroup: [],
      createdAt: endedAt,
      endedAt,
      wallMs: 900,
      tablesRead: [],
      tablesWritten: [],
      observedBy: ['listener'],
      observedAt: endedAt,
      ...overrides,
    },
  };
  return observation;
}

const component = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'personal-api',
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://github.com/acme/shop/blob/main/api/catalog-info.yaml',
      ...annotations,
    },
  },
});
const QUERIES = component({
  'lakehouse-ops.io/query-selector': 'source=personal-api',
});

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function setUp(observations: readonly Observation[]) {
  const knex = await databases.init('SQLITE_3');
  const store = await DatabaseObservationStore.create({
    database: { getClient: async () => knex },
  });
  await store.record(observations);
  const book = new MemoryBook();
  return {
    book,
    proposals: SloProposals.create({
      store,
      book,
      clusters: () => ['analytics', 'other'],
      now: () => NOW_MS,
    }),
  };
}

const sight = { connections: ['analytics', 'cache'] };

function parsed(text: string) {
  const systems = new Map<string, 'trino' | 'redis'>([
    ['analytics', 'trino'],
    ['cache', 'redis'],
  ]);
  const [file] = parseSloFiles([{ location: 'slo.yaml', text }], {
    knows: id => systems.get(id),
  });
  expect(file.problems).toEqual([]);
  return file.slos[0].definition;
}

const sliOf = (indicator: string) =>
  expect.objectContaining({
    source: expect.objectContaining({
      indicator,
      connection: 'analytics',
      filter: { source: 'personal-api' },
    }),
  });

describe('SloProposals', () => {
  const queries = [
    ...Array.from({ length: 280 }, (_, index) =>
      query(index, { wallMs: index % 40 === 0 ? 20_000 : 900 }),
    ),
    ...Array.from({ length: 6 }, (_, index) =>
      query(300 + index, {
        state: 'FAILED',
        error:
          index < 4
            ? { name: 'SYNTAX_ERROR', type: 'USER_ERROR' }
            : { name: 'OOM', type: 'INSUFFICIENT_RESOURCES' },
      }),
    ),
    // Of others.
    ...Array.from({ length: 60 }, (_, index) =>
      query(400 + index, { source: 'etl', wallMs: 90_000, state: 'FAILED' }),
    ),
  ];

  it('promises a step less than the queries of the last weeks attained', async () => {
    const { proposals } = await setUp(queries);
    const [latency, success, ...others] = await proposals.ofEntity(
      QUERIES,
      sight,
    );
    expect(others).toEqual([]);
    expect(latency).toMatchObject({
      title: 'Queries within 1 s',
      target: 0.95,
      threshold: { value: 1, unit: 's' },
      attained: 273 / 280,
      basedOnDays: 14,
      path: 'slo.yaml',
      annotation: 'lakehouse-ops.io/slo: slo.yaml',
    });
    expect(success).toMatchObject({
      target: 0.99,
      attained: 280 / 282,
      reason: expect.stringContaining("4 that failed by their users' own"),
    });
    expect(parsed(latency.yaml)).toMatchObject({
      name: 'query-latency',
      service: 'personal-api',
      window: { kind: 'rolling', durationMs: 28 * 24 * HOUR_MS },
      objectives: [
        {
          target: 0.95,
          threshold: { op: 'lte', value: 1, unit: 's' },
          sli: {
            source: {
              indicator: 'query-latency',
              filter: { source: 'personal-api' },
            },
          },
        },
      ],
    });
    expect(parsed(success.yaml).objectives[0].sli.source).toMatchObject({
      indicator: 'query-success',
    });
    const url = new URL(latency.pullRequestUrl ?? '');
    expect(url.pathname).toBe('/acme/shop/new/main/api');
    expect(url.searchParams.get('filename')).toBe('slo.yaml');
    expect(url.searchParams.get('value')).toBe(latency.yaml);
  });

  it('promises nothing twice, and nothing of what may not be seen', async () => {
    const { proposals, book } = await setUp(queries);
    book.slos = [storedSlo({ definition: sloDefinition() })];
    const titles = (await proposals.ofEntity(QUERIES, sight)).map(
      ({ title }) => title,
    );
    expect(titles).toEqual(['Queries succeed']);
    expect(
      await proposals.ofEntity(QUERIES, { connections: ['other'] }),
    ).toEqual([]);
  });

  it('promises nothing from little data', async () => {
    const { proposals } = await setUp(queries.slice(0, 20));
    expect(await proposals.ofEntity(QUERIES, sight)).toEqual([]);
  });

  it('promises of its own queries alone where an entity names a cluster too', async () => {
    const { proposals } = await setUp(queries);
    const proposed = await proposals.ofEntity(
      component({
        'lakehouse-ops.io/trino-cluster': 'analytics',
        'lakehouse-ops.io/query-selector': 'source=personal-api',
      }),
      sight,
    );
    expect(proposed.map(({ yaml }) => parsed(yaml).objectives[0])).toEqual([
      expect.objectContaining({ sli: sliOf('query-latency') }),
      expect.objectContaining({ sli: sliOf('query-success') }),
    ]);
  });

  it('adds to the file that there is', async () => {
    const { proposals } = await setUp(queries);
    const [one] = await proposals.ofEntity(
      component({
        'lakehouse-ops.io/query-selector': 'source=personal-api',
        'lakehouse-ops.io/slo': 'slos/mine.yaml',
      }),
      sight,
    );
    expect(one.path).toBe('slos/mine.yaml');
    expect(one.annotation).toBeUndefined();
    expect(one.pullRequestUrl).toBeUndefined();
  });

  it('promises how old the data of a table may be', async () => {
    const { proposals } = await setUp(
      Array.from({ length: 100 }, (_, index) =>
        query(index, { tablesWritten: [TABLE] }),
      ).filter((_, index) => index !== 50),
    );
    const [freshness] = await proposals.ofEntity(
      component({ 'lakehouse-ops.io/table': `analytics/${TABLE}` }),
      sight,
    );
    expect(freshness).toMatchObject({
      title: 'Data no older than 1 h',
      target: 0.98,
      threshold: { value: 1, unit: 'h' },
      attained: 98 / 99,
    });
    expect(parsed(freshness.yaml).objectives[0]).toMatchObject({
      sli: {
        source: { indicator: 'table-freshness', filter: { table: TABLE } },
      },
    });
  });

  it('promises how much a cache answers', async () => {
    const { proposals } = await setUp([
      {
        type: 'CacheUseReported',
        connection: 'cache',
        instance: 'one',
        prefixes: [
          {
            prefix: 'personal-api',
            use: {
              at: new Date(NOW_MS - HOUR_MS).toISOString(),
              windowSeconds: 60,
              hits: 1_930,
              misses: 70,
              writes: 70,
              deletes: 0,
              duplicateMisses: 0,
            },
          },
        ],
      },
    ]);
    const [ratio] = await proposals.ofEntity(
      component({ 'lakehouse-ops.io/cache': 'cache/personal-api' }),
      sight,
    );
    expect(ratio).toMatchObject({ target: 0.95, attained: 0.965 });
    expect(parsed(ratio.yaml).objectives[0].sli.source).toMatchObject({
      indicator: 'cache-hit-ratio',
      filter: { prefix: 'personal-api' },
    });
  });
});

describe('targetBelow', () => {
  it.each([
    [0.9973, 10_000, 0.995],
    [1, 1_000_000, 0.9999],
    [1, 500, 0.998],
    [0.99, 10_000, 0.98],
    [0.4, 10_000, undefined],
    [1, 1, undefined],
  ])('of %d attained by %d is %p', (attained, total, target) => {
    expect(targetBelow(attained, total)).toBe(target);
  });
});

describe('pleasantAbove', () => {
  it.each([
    [900, { value: 1, unit: 's', ms: 1_000 }],
    [1_000, { value: 1, unit: 's', ms: 1_000 }],
    [46_000, { value: 1, unit: 'm', ms: 60_000 }],
    [3 * HOUR_MS + 1, { value: 4, unit: 'h', ms: 4 * HOUR_MS }],
    [0, { value: 10, unit: 'ms', ms: 10 }],
    [31 * 24 * HOUR_MS, undefined],
  ])('of %d ms is %j', (ms, pleasant) => {
    expect(pleasantAbove(ms)).toEqual(pleasant);
  });
});

describe('pullRequestUrl', () => {
  const file = { name: 'slo.yaml', text: 'a: 1\n' };

  it.each([
    [
      'url:https://github.com/acme/shop/tree/main/catalog-info.yaml',
      'https://github.com/acme/shop/new/main?filename=slo.yaml&value=a%3A+1%0A&message=Add+slo.yaml',
    ],
    [
      'url:https://gitlab.example.com/acme/deep/shop/-/blob/main/api/catalog-info.yaml',
      'https://gitlab.example.com/acme/deep/shop/-/new/main/api?file_name=slo.yaml&commit_message=Add+slo.yaml',
    ],
    [
      'url:https://bitbucket.org/acme/shop/src/main/catalog-info.yaml',
      undefined,
    ],
    ['url:https://github.com/acme/shop', undefined],
    ['file:/srv/catalog/all.yaml', undefined],
    ['url:javascript:alert(1)', undefined],
    [undefined, undefined],
  ])('of %s is %s', (location, url) => {
    expect(pullRequestUrl(location, file)).toBe(url);
  });

  it('is none when no browser would take it', () => {
    expect(
      pullRequestUrl('url:https://github.com/a/b/blob/main/c.yaml', {
        name: 'slo.yaml',
        text: 'x'.repeat(9_000),
      }),
    ).toBeUndefined();
  });
});
