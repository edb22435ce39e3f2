import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  QueryRecord,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { DatabaseObservationStore } from './DatabaseObservationStore';
import type { Observation } from './Observation';

jest.setTimeout(120_000);

const AT = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 21, 10, 0, seconds)).toISOString();

function query(overrides: Partial<QueryRecord> = {}): QueryRecord {
  return {
    connection: 'analytics',
    queryId: '20261121_100000_00001_abcde',
    state: 'RUNNING',
    clientTags: [],
    resourceGroup: [],
    createdAt: AT(0),
    tablesRead: [],
    tablesWritten: [],
    observedBy: ['poll'],
    observedAt: AT(1),
    ...overrides,
  };
}

const seen = (overrides: Partial<QueryRecord> = {}): Observation => ({
  type: 'QueryObserved',
  query: query(overrides),
});

function health(overrides: Partial<TableHealth> = {}): TableHealth {
  return {
    ref: {
      connection: 'analytics',
      catalog: 'iceberg',
      schema: 'gold',
      table: 'daily_sales',
    },
    format: 'iceberg',
    inspectedAt: AT(0),
    depth: 'full',
    score: 40,
    status: 'breached',
    parts: [],
    gaps: [],
    totals: { dataFiles: 300, sizeBytes: 1000 },
    ...overrides,
  };
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'DatabaseObservationStore on %s',
  databaseId => {
    let knex: Knex;
    let store: DatabaseObservationStore;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      store = await DatabaseObservationStore.create({
        database: { getClient: async () => knex },
        ownSources: new Map([['analytics', 'backstage-lakehouse']]),
      });
    });

    beforeEach(async () => {
      for (const table of [
        'queries',
        'query_tables',
        'witnesses',
        'cluster_samples',
        'cluster_parts',
        'tables',
        'table_history',
        'sweeps',
        'gaps',
      ]) {
        await knex(table).delete();
      }
    });

    const stored = () => store.query('analytics', query().queryId);

    it('keeps one row per query and gives back all that was told', async () => {
      const told = query({
        state: 'FAILED',
        user: 'alice',
        source: 'we"ird \u{1F600}',
        clientTags: ['a,b', 'ü'],
        resourceGroup: ['global', 'etl'],
        queryType: 'SELECT',
        startedAt: AT(2),
        endedAt: AT(3),
        queuedMs: 1,
        analysisMs: 2,
        planningMs: 3,
        executionMs: 4,
        wallMs: 10,
        cpuMs: 5,
        physicalInputBytes: 9_007_199_254_740_991,
        physicalInputRows: 0,
        outputBytes: 7,
        outputRows: 8,
        writtenBytes: 9,
        writtenRows: 10,
        spilledBytes: 0,
        peakMemoryBytes: 11,
        tablesRead: ['tpch.tiny.orders'],
        tablesWritten: ['iceberg.t."we""ird.na$me ü"'],
        error: {
          code: 38,
          name: 'ADMINISTRATIVELY_KILLED',
          type: 'USER_ERROR',
          message: 'Query killed. Message: x',
        },
        queryText: 'select 1',
        queryTextTruncated: true,
        traceToken: 'abc',
        observedBy: ['listener'],
        observedAt: AT(4),
      });
      await store.record([{ type: 'QueryObserved', query: told }]);
      await store.record([{ type: 'QueryObserved', query: told }]);
      expect(await stored()).toEqual(told);
      expect((await store.queryPage('analytics', {})).total).toBe(1);
    });

    it('stores text that PostgreSQL refuses', async () => {
      await store.record([seen({ queryText: 'a\0b\ud800c', user: '\udc00' })]);
      expect(await stored()).toMatchObject({
        queryText: 'a\ufffdb\ufffdc',
        user: '\ufffd',
      });
    });

    it('never reopens a query that the event listener told the end of', async () => {
      await store.record([
        seen({
          state: 'FINISHED',
          observedBy: ['listener'],
          observedAt: AT(5),
          endedAt: AT(5),
          wallMs: 100,
        }),
      ]);
      await store.record([
        seen({
          state: 'RUNNING',
          observedAt: AT(6),
          wallMs: 900,
          progress: 0.4,
          user: 'alice',
        }),
      ]);
      expect(await stored()).toMatchObject({
        state: 'FINISHED',
        wallMs: 100,
        user: 'alice',
        progress: undefined,
        observedBy: ['listener', 'poll'],
        observedAt: AT(6),
      });
    });

    it('gives the same row for any order, repetition and batching', async () => {
      const figure = fc.option(fc.integer({ min: 0, max: 5 }), {
        nil: undefined,
      });
      const word = fc.option(fc.constantFrom('a', 'B', 'ä', 'z', '\u{1F600}'), {
        nil: undefined,
      });
      const observation = fc
        .record({
          state: fc.constantFrom(
            'QUEUED',
            'RUNNING',
            'FINISHED',
            'FAILED',
            'UNKNOWN',
          ),
          observedBy: fc.constantFrom(['listener'], ['poll']),
          observedAt: fc.integer({ min: 0, max: 50 }).map(AT),
          createdAt: fc.integer({ min: 0, max: 3 }).map(AT),
          endedAt: fc.option(fc.constant(AT(9)), { nil: undefined }),
          wallMs: figure,
          cpuMs: figure,
          progress: fc.option(fc.constantFrom(0.25, 0.5), { nil: undefined }),
          user: word,
          queryText: word,
          clientTags: fc.subarray(['x', 'y']),
          tablesRead: fc.subarray(['a.b.c', 'd.e.f']),
          truncated: fc.boolean(),
          error: fc.option(
            fc.record({ name: fc.constantFrom('E1', 'E2'), code: figure }),
            { nil: undefined },
          ),
        })
        .map(({ truncated, ...rest }) =>
          seen({
            ...(rest as Partial<QueryRecord>),
            queryTextTruncated: rest.queryText ? truncated : undefined,
          }),
        );
      const scenario = fc
        .array(observation, { minLength: 1, maxLength: 6 })
        .chain(told =>
          fc.record({
            told: fc.constant(told),
            again: fc
              .array(fc.constantFrom(...told), { maxLength: 4 })
              .chain(extra =>
                fc.shuffledSubarray([...told, ...extra], {
                  minLength: told.length + extra.length,
                }),
              ),
            cut: fc.nat({ max: 6 }),
          }),
        );
      await fc.assert(
        fc.asyncProperty(scenario, async ({ told, again, cut }) => {
          await knex('queries').delete();
          await knex('query_tables').delete();
          for (const one of told) await store.record([one]);
          const expected = await stored();
          await knex('queries').delete();
          await knex('query_tables').delete();
          await store.record(again.slice(0, cut));
          await store.record(again.slice(cut));
          expect(await stored()).toEqual(expected);
        }),
        { numRuns: 150 },
      );
    });

    it('marks live queries that a poll no longer sees as UNKNOWN', async () => {
      await store.record([
        seen({ queryId: 'gone', observedAt: AT(1) }),
        seen({ queryId: 'alive', observedAt: AT(1) }),
        seen({ queryId: 'new', observedAt: AT(9) }),
        seen({ queryId: 'done', state: 'FINISHED', observedAt: AT(1) }),
      ]);
      await store.record([
        {
          type: 'LiveQueriesObserved',
          connection: 'analytics',
          at: AT(5),
          queryIds: ['alive'],
        },
      ]);
      const stateOf = async (id: string) =>
        (await store.query('analytics', id))?.state;
      expect(await stateOf('gone')).toBe('UNKNOWN');
      expect(await stateOf('alive')).toBe('RUNNING');
      expect(await stateOf('new')).toBe('RUNNING');
      expect(await stateOf('done')).toBe('FINISHED');
      expect((await store.liveQueryIds('analytics')).sort()).toEqual([
        'alive',
        'new',
      ]);
      const unknown = await store.queryPage('analytics', {
        states: ['UNKNOWN'],
      });
      expect(unknown.items.map(({ queryId }) => queryId)).toEqual(['gone']);
      const running = await store.queryPage('analytics', {
        states: ['RUNNING', 'FINISHED'],
      });
      expect(running.total).toBe(3);

      await store.record([
        seen({
          queryId: 'gone',
          state: 'FINISHED',
          observedBy: ['listener'],
          observedAt: AT(20),
        }),
      ]);
      expect(await stateOf('gone')).toBe('FINISHED');
    });

    it('filters, sorts and pages', async () => {
      const many = Array.from({ length: 25 }, (_, index) =>
        seen({
          queryId: `q${String(index).padStart(2, '0')}`,
          state: index % 5 === 0 ? 'FAILED' : 'FINISHED',
          createdAt: AT(index),
          endedAt: AT(index + 1),
          user: index % 2 ? 'alice' : 'bob',
          source: index === 3 ? 'backstage-lakehouse' : 'dbt',
          clientTags: index === 7 ? ['nightly_1'] : ['nightlyX1'],
          resourceGroup:
            index < 10 ? ['global', 'etl', 'x'] : ['global', 'etl2'],
          wallMs: index === 24 ? undefined : index * 100,
          tablesRead: index === 9 ? ['iceberg.gold.sales'] : [],
          tablesWritten: index === 8 ? ['iceberg.gold.sales'] : [],
          queryText: index === 11 ? 'SELECT 100% FROM x' : 'select 1000',
          error:
            index % 5 === 0
              ? { name: 'EXCEEDED', type: 'INSUFFICIENT_RESOURCES' }
              : undefined,
        }),
      );
      await store.record(many);
      const total = async (
        request: Parameters<typeof store.queryPage>[1],
      ): Promise<number> => (await store.queryPage('analytics', request)).total;
      expect(await total({})).toBe(24);
      expect(await total({ source: 'backstage-lakehouse' })).toBe(1);
      expect(await total({ user: 'bob' })).toBe(13);
      expect(await total({ clientTag: 'nightly_1' })).toBe(1);
      expect(await total({ resourceGroup: 'global.etl' })).toBe(9);
      expect(await total({ resourceGroup: 'global' })).toBe(24);
      expect(await total({ table: 'iceberg.gold.sales' })).toBe(2);
      expect(await total({ text: 'from X' })).toBe(1);
      expect(await total({ text: '100%' })).toBe(1);
      expect(await total({ text: 'Q1' })).toBe(10);
      expect(await total({ error: 'EXCEEDED' })).toBe(5);
      expect(await total({ error: 'INSUFFICIENT_RESOURCES' })).toBe(5);
      expect(await total({ states: ['FAILED'] })).toBe(5);
      expect(await total({ minWallMs: 500, maxWallMs: 700 })).toBe(3);
      // q09 was still running at 10:00:09.5.
      const from = '2026-11-21T10:00:09.500Z';
      expect(await total({ from, to: AT(12) })).toBe(3);

      const page = await store.queryPage('analytics', {
        sort: 'wallMs',
        order: 'desc',
        limit: 3,
        offset: 1,
      });
      expect(page.items.map(({ queryId }) => queryId)).toEqual([
        'q22',
        'q21',
        'q20',
      ]);
      const last = await store.queryPage('analytics', {
        sort: 'wallMs',
        order: 'desc',
        offset: 23,
      });
      expect(last.items.map(({ queryId }) => queryId)).toEqual(['q24']);
    });

    it('sums up latency, errors and what queries can be filtered by', async () => {
      await store.record(
        Array.from({ length: 100 }, (_, index) =>
          seen({
            queryId: `q${index}`,
            state: index === 0 ? 'FAILED' : 'FINISHED',
            observedBy: ['listener'],
            createdAt: AT(index % 50),
            endedAt: AT(index % 50),
            wallMs: index + 1,
            user: index < 60 ? 'alice' : 'bob',
            tablesRead: ['a.b.c'],
            tablesWritten: index < 3 ? ['a.b.c'] : [],
            error: index === 0 ? { name: 'KILLED' } : undefined,
          }),
        ),
      );
      await store.record([
        seen({ queryId: 'r', state: 'RUNNING' }),
        seen({ queryId: 'w', state: 'WAITING_FOR_RESOURCES' }),
      ]);
      const stats = await store.queryStats('analytics', {
        from: AT(0),
        to: AT(50),
        buckets: 5,
      });
      expect(stats.bucketMs).toBe(10_000);
      expect(stats.buckets.map(b => b.finished + b.failed)).toEqual([
        20, 20, 20, 20, 20,
      ]);
      expect(stats.overall).toMatchObject({
        ended: 100,
        failed: 1,
        running: 1,
        queued: 1,
      });
      expect(Math.abs((stats.overall.p95Ms ?? 0) - 95)).toBeLessThan(2);
      expect(stats.histogram[0]).toEqual({
        fromMs: 0,
        toMs: 50,
        count: 49,
        failed: 1,
      });
      expect(stats.facets.users[0]).toEqual({ value: 'alice', count: 60 });
      expect(stats.facets.tables).toEqual([{ value: 'a.b.c', count: 100 }]);
      expect(stats.facets.errors).toEqual([{ value: 'KILLED', count: 1 }]);
      expect(stats.truncatedTo).toBeUndefined();
    });

    it('tells when a table was analyzed last and who told last', async () => {
      const ref = {
        connection: 'analytics',
        catalog: 'iceberg',
        schema: 'gold',
        table: 'x',
      };
      expect(await store.lastAnalyzed(ref)).toBeUndefined();
      const analyze = {
        queryType: 'ANALYZE',
        tablesWritten: ['iceberg.gold.x'],
        source: 'backstage-lakehouse',
      };
      await store.record([
        seen({ ...analyze, queryId: '1', state: 'FINISHED', endedAt: AT(3) }),
        seen({ ...analyze, queryId: '2', state: 'FAILED', endedAt: AT(9) }),
      ]);
      expect(await store.lastAnalyzed(ref)).toBe(AT(3));
      expect(await store.lastQueryObservation('analytics', 'poll')).toBe(AT(1));
      expect(
        await store.lastQueryObservation('analytics', 'listener'),
      ).toBeUndefined();
    });

    it('thins cluster samples and keeps the last known nodes', async () => {
      const node = {
        nodeId: 'n',
        address: 'http://n',
        version: '476',
        coordinator: true,
        state: 'active',
      };
      const group = { path: 'global', running: 1, queued: 2 };
      await store.record([
        ...Array.from(
          { length: 60 },
          (_, index): Observation => ({
            type: 'ClusterSampled',
            sample: { connection: 'analytics', sampledAt: AT(index) },
            ...(index === 30 && { nodes: [node], resourceGroups: [group] }),
          }),
        ),
      ]);
      const samples = await store.clusterSamples('analytics', {
        from: AT(0),
        to: AT(59),
        limit: 10,
      });
      expect(samples.length).toBe(10);
      expect(samples.at(-1)?.sample.sampledAt).toBe(AT(59));
      expect(await store.latestCluster('analytics')).toEqual({
        sample: { connection: 'analytics', sampledAt: AT(59) },
        nodes: [node],
        resourceGroups: [group],
      });
      expect(await store.latestCluster('other')).toBeUndefined();
    });

    it('keeps the newest look at each table and its history', async () => {
      const { ref } = health();
      await store.record([
        { type: 'TableInspected', health: health({ inspectedAt: AT(10) }) },
        { type: 'TableInspected', health: health({ inspectedAt: AT(20) }) },
        {
          type: 'TableInspected',
          health: health({
            inspectedAt: AT(30),
            score: 99,
            status: 'healthy',
            snapshot: { id: '3929236484659805796', committedAt: AT(29) },
          }),
        },
        {
          type: 'TableInspected',
          health: health({ inspectedAt: AT(5), score: 1 }),
        },
        {
          type: 'TableInspected',
          health: health({ ref: { ...ref, table: 'Other' }, score: undefined }),
        },
        { type: 'TablesSwept', connection: 'analytics', at: AT(31) },
      ]);
      expect(await store.table(ref)).toMatchObject({ score: 99 });
      expect(
        (await store.tableHistory(ref, 10)).map(
          ({ inspectedAt }) => inspectedAt,
        ),
      ).toEqual([AT(5), AT(10), AT(30)]);
      expect(await store.lastSweep('analytics')).toBe(AT(31));
      const page = await store.tablePage({ connections: ['analytics'] });
      expect(page.items.map(item => item.ref.table)).toEqual([
        'Other',
        'daily_sales',
      ]);
      const found = await store.tablePage({
        connections: ['analytics'],
        text: 'DAILY',
        status: 'healthy',
        sort: 'score',
        order: 'desc',
      });
      expect(found.total).toBe(1);
      expect((await store.tablePage({ connections: [] })).total).toBe(0);
      const known = await store.knownTables('analytics');
      expect(known.map(({ snapshotId }) => snapshotId).sort()).toEqual([
        '3929236484659805796',
        undefined,
      ]);
      await store.record([
        {
          type: 'GapOpened',
          gap: {
            connection: 'analytics',
            subject: 'table:iceberg.gold.daily_sales',
            since: AT(35),
            code: 'not-found',
            reason: 'it does not exist',
            remedy: 'check the name',
          },
        },
      ]);
      expect(await store.gaps('analytics')).toHaveLength(1);
      await store.record([{ type: 'TableDropped', ref, at: AT(40) }]);
      expect(await store.gaps('analytics')).toEqual([]);
      expect(await store.table(ref)).toBeUndefined();
      expect(await store.knownTables('analytics')).toHaveLength(1);
    });

    it('keeps one open gap per subject and closes it once', async () => {
      const gap = {
        connection: 'analytics',
        subject: 'cluster.memory',
        since: AT(10),
        code: 'forbidden',
        reason: '403 on /metrics',
        remedy: 'grant it',
      } as const;
      await store.record([{ type: 'GapOpened', gap }]);
      await store.record([
        {
          type: 'GapOpened',
          gap: { ...gap, since: AT(12), reason: '500 on /metrics' },
        },
      ]);
      expect(await store.gaps('analytics')).toEqual([
        { ...gap, until: undefined, reason: '500 on /metrics' },
      ]);
      const closed: Observation = {
        type: 'GapClosed',
        connection: 'analytics',
        subject: 'cluster.memory',
        at: AT(20),
      };
      await store.record([closed, closed, { type: 'GapOpened', gap }]);
      expect(await store.gaps('analytics')).toEqual([]);
      expect(
        await store.gaps('analytics', { from: AT(15), to: AT(30) }),
      ).toHaveLength(1);
      expect(
        await store.gaps('analytics', { from: AT(25), to: AT(30) }),
      ).toEqual([]);
      await store.record([
        { type: 'GapOpened', gap: { ...gap, since: AT(25) } },
      ]);
      expect(await store.gaps('analytics')).toHaveLength(1);
    });

    it('records a batch whole or not at all', async () => {
      await expect(
        store.record([
          seen(),
          {
            type: 'GapOpened',
            gap: {
              connection: 'analytics',
              subject: 'queries',
              since: AT(1),
              code: 'timeout',
              reason: undefined as unknown as string,
              remedy: '',
            },
          },
        ]),
      ).rejects.toThrow();
      expect(await stored()).toBeUndefined();
    });

    it('deletes what is older than told, and no more', async () => {
      await store.record([
        seen({ queryId: 'old', state: 'FINISHED', tablesRead: ['a.b.c'] }),
        seen({ queryId: 'alive' }),
        seen({ queryId: 'new', state: 'FINISHED', createdAt: AT(30) }),
        {
          type: 'ClusterSampled',
          sample: { connection: 'analytics', sampledAt: AT(1) },
        },
        { type: 'TableInspected', health: health() },
      ]);
      const options = {
        queriesBefore: AT(20),
        samplesBefore: AT(20),
        inspectionsBefore: AT(20),
        gapsBefore: AT(20),
      };
      expect(await store.prune(options)).toBe(3);
      expect(await store.prune(options)).toBe(0);
      const left = await store.queryPage('analytics', {});
      expect(left.items.map(({ queryId }) => queryId).sort()).toEqual([
        'alive',
        'new',
      ]);
      expect(await knex('query_tables').select()).toEqual([]);
      expect(await store.table(health().ref)).toBeDefined();
    });
  },
);
