import { mockServices } from '@backstage/backend-test-utils';
import {
  formatTableName,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  DefaultTrinoConnection,
  quoteTable,
  readTrinoConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { startSandbox } from '@lakehouse-ops/sandbox';
import type { Observation } from '../../observations/Observation';
import type { Collector } from '../Collector';
import { collect, ofType } from './__testUtils__/collect';
import {
  createTrinoCollectors,
  TrinoCollectors,
} from './createTrinoCollectors';
import { readTrinoCollectorsConfig } from './TrinoCollectorsConfig';

jest.setTimeout(180_000);

const { STACK_TRINO_HTTP_URL } = process.env;

/** The sandbox always, and the real Trino where there is one: both are held to the same. */
const TARGETS = [
  {
    name: 'the sandbox',
    /** Its seeds are analyzed in the same instant as their last commit, as no real ANALYZE is. */
    seedStatistics: /fresh/,
    open: async () => {
      const sandbox = await startSandbox();
      return { url: sandbox.trinoUrl, close: () => sandbox.close() };
    },
  },
  ...(STACK_TRINO_HTTP_URL
    ? [
        {
          name: 'the stack',
          seedStatistics: /fresh/,
          open: async () => ({
            url: STACK_TRINO_HTTP_URL,
            close: async () => {},
          }),
        },
      ]
    : []),
];

describe.each(TARGETS)(
  'Trino collectors on $name',
  ({ open, seedStatistics }) => {
    const table: TableRef = {
      connection: 'analytics',
      catalog: 'iceberg',
      schema: 'lake',
      table: `collected_${Date.now()}`,
    };
    const name = quoteTable(table);
    const known = new Map<string, TableHealth>();
    let connection: DefaultTrinoConnection;
    let close: () => Promise<void>;
    let trino: TrinoCollectors;

    const byKind = (kind: string): Collector =>
      trino.collectors.find(({ id }) => id === `trino-${kind}:analytics`)!;
    const record = (observations: readonly Observation[]) => {
      for (const { health } of ofType(observations, 'TableInspected')) {
        known.set(formatTableName(health.ref), health);
      }
      for (const { ref } of ofType(observations, 'TableDropped')) {
        known.delete(formatTableName(ref));
      }
    };
    const round = async (kind: string) => {
      const observations = await collect(byKind(kind));
      record(observations);
      return observations;
    };
    const lookAgain = async () => {
      trino.tables.requestInspection(table);
      let observations: Observation[] = [];
      while (observations.length === 0) {
        await new Promise(resolve => setTimeout(resolve, 200));
        observations = await round('table-requests');
      }
      return observations;
    };
    const health = () => known.get(formatTableName(table))!;
    const withoutStatistics = {
      session: { 'iceberg.collect_extended_statistics_on_write': 'false' },
    };

    beforeAll(async () => {
      const target = await open();
      close = target.close;
      const config = mockServices.rootConfig({
        data: {
          lakehouse: {
            trino: {
              connections: [
                { id: 'analytics', url: target.url, user: 'lakehouse-ops' },
              ],
            },
            collectors: {
              tables: { include: ['iceberg.lake.*', 'delta.lake.*'] },
            },
          },
        },
      });
      const logger = mockServices.logger.mock();
      connection = DefaultTrinoConnection.create({
        config: readTrinoConnectionsConfig(config)[0],
        logger,
      });
      trino = createTrinoCollectors({
        connection,
        store: {
          liveQueryIds: async () => ['20200101_000000_00001_aaaaa'],
          knownTables: async () =>
            [...known.values()].map(each => ({ ref: each.ref, health: each })),
          table: async ref => known.get(formatTableName(ref)),
          lastAnalyzed: async () => undefined,
        },
        config: readTrinoCollectorsConfig(config),
        logger,
        prepareQueryText: text => ({ text, truncated: false }),
      });
      await connection.query(
        `CREATE TABLE ${name} AS SELECT nationkey, name FROM tpch.tiny.nation`,
      );
    });

    afterAll(async () => {
      await connection.query(`DROP TABLE IF EXISTS ${name}`);
      await connection.close();
      await close();
    });

    it('polls queries, and finds that an old one has gone', async () => {
      const observations = await round('queries');
      expect(ofType(observations, 'GapOpened')).toEqual([]);
      expect(
        ofType(observations, 'LiveQueriesObserved')[0].queryIds,
      ).not.toContain('20200101_000000_00001_aaaaa');
      const own = ofType(observations, 'QueryObserved').filter(
        ({ query }) => query.source === connection.source,
      );
      expect(own).toEqual([]);
    });

    it('samples the cluster without a gap', async () => {
      const observations = await round('cluster');
      expect(ofType(observations, 'GapOpened')).toEqual([]);
      const [{ sample, nodes, resourceGroups }] = ofType(
        observations,
        'ClusterSampled',
      );
      expect(sample.memory?.totalBytes).toBeGreaterThan(0);
      expect(sample.queries?.completed).toBeGreaterThanOrEqual(0);
      expect(sample.nodes?.active).toBe(
        nodes?.filter(({ state }) => state === 'active').length,
      );
      expect(resourceGroups?.length).toBeGreaterThan(0);
    });

    it('sweeps the tables, then only probes what has not changed', async () => {
      await round('tables');
      expect(health()).toMatchObject({
        depth: 'full',
        status: 'healthy',
        totals: { dataFiles: 1, records: 25, deleteFiles: 0 },
        files: { totalFiles: 1, smallFiles: 1 },
        snapshots: { count: expect.any(Number) },
        statistics: { state: 'fresh', rowsSinceShare: 0 },
      });
      const before = health();
      const observations = await round('tables');
      expect(health()).toEqual({ ...before, inspectedAt: expect.anything() });
      expect(observations.at(-1)?.type).toBe('TablesSwept');
    });

    it('tells demo tables apart', async () => {
      const of = (demo: string) => known.get(`iceberg.lake.${demo}`)!;
      expect(of('events_small_files').status).toBe('breached');
      expect(of('events_small_files').compaction?.filesAfter).toBeLessThan(10);
      expect(of('orders_stale_stats').statistics?.state).toBe('stale');
      expect(of('daily_sales').statistics?.state).toMatch(seedStatistics);
      expect(known.get('delta.lake.customers_delta')).toMatchObject({
        format: 'delta',
        partitions: { count: 25 },
      });
    });

    it('sees statistics go stale and fresh again', async () => {
      for (let n = 0; n < 2; n++) {
        await connection.query(
          `INSERT INTO ${name} SELECT nationkey + 100, name FROM tpch.tiny.nation`,
          withoutStatistics,
        );
      }
      await lookAgain();
      expect(health()).toMatchObject({
        totals: { dataFiles: 3 },
        statistics: { state: 'stale', rowsSinceShare: 50 / 75 },
        compaction: { filesBefore: 3, filesAfter: 1 },
      });
      await new Promise(resolve => setTimeout(resolve, 2_500));
      await connection.query(`ANALYZE ${name}`);
      await lookAgain();
      expect(health().statistics).toMatchObject({
        state: 'fresh',
        rowsSinceShare: 0,
      });
    });

    it('sees what compaction made of the files', async () => {
      await connection.query(`ALTER TABLE ${name} EXECUTE optimize`);
      await lookAgain();
      expect(health()).toMatchObject({
        totals: { dataFiles: 1 },
        snapshot: { operation: 'replace' },
        statistics: { state: 'fresh' },
        compaction: { filesBefore: 1, filesAfter: 1 },
      });
    });

    it('tells that a table was dropped', async () => {
      await connection.query(`DROP TABLE ${name}`);
      const observations = await lookAgain();
      expect(
        ofType(observations, 'TableDropped').map(({ ref }) => ref),
      ).toEqual([table]);
    });
  },
);
