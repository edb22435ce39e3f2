import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultTrinoConnections,
  quoteMetadataTable,
  quoteTable,
  type TrinoConnection,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import { startSandbox } from '@lakehouse-ops/sandbox';
import { runContext } from './__testUtils__/runContext';
import { createCheckClusterAction } from './actions/trino/createCheckClusterAction';
import { createCheckQueriesAction } from './actions/trino/createCheckQueriesAction';
import { createCheckSqlAction } from './actions/trino/createCheckSqlAction';
import { createCheckTableAction } from './actions/trino/createCheckTableAction';
import { createExpireSnapshotsAction } from './actions/trino/createExpireSnapshotsAction';
import { createOptimizeManifestsAction } from './actions/trino/createOptimizeManifestsAction';
import { createRemoveOrphanFilesAction } from './actions/trino/createRemoveOrphanFilesAction';

jest.setTimeout(300_000);

/** Set by `node stack/cli.mjs env`: then the suite runs on a real Trino as well. */
const { STACK_TRINO_HTTP_URL: stackUrl } = process.env;

const SCHEMA = { catalog: 'iceberg', schema: 'maintenance_tests' };

function connect(url: string): TrinoConnections {
  return DefaultTrinoConnections.fromConfig(
    new ConfigReader({
      lakehouse: {
        trino: {
          connections: [{ id: 'analytics', url, user: 'lakehouse-ops' }],
        },
      },
    }),
    {
      logger: mockServices.logger.mock(),
      lifecycle: mockServices.rootLifecycle.mock(),
    },
  );
}

/** As of a cluster whose administrator has set no least retention. */
function withoutLeastRetention(connections: TrinoConnections) {
  const session = {
    'iceberg.expire_snapshots_min_retention': '0s',
    'iceberg.remove_orphan_files_min_retention': '0s',
  };
  const wrap = (connection: TrinoConnection): TrinoConnection =>
    new Proxy(connection, {
      get(target, name) {
        if (name === 'query') {
          return (sql: string, options = {}) =>
            target.query(sql, { ...options, session });
        }
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return {
    list: () => connections.list().map(wrap),
    get: (id: string) => wrap(connections.get(id)),
  };
}

const targets = [
  {
    name: 'the sandbox',
    open: async () => {
      const { trinoUrl, close } = await startSandbox();
      return { url: trinoUrl, close };
    },
  },
  ...(stackUrl
    ? [
        {
          name: 'a real Trino',
          open: async () => ({
            url: stackUrl,
            close: async () => {
              await connect(stackUrl)
                .get('analytics')
                .query(
                  `DROP SCHEMA IF EXISTS iceberg.${SCHEMA.schema} CASCADE`,
                );
            },
          }),
        },
      ]
    : []),
];

describe.each(targets)('maintenance of tables on $name', target => {
  let opened: Awaited<ReturnType<typeof target.open>>;
  let connections: TrinoConnections;
  let trino: TrinoConnection;
  let changed: unknown[];

  beforeAll(async () => {
    opened = await target.open();
    connections = connect(opened.url);
    trino = connections.get('analytics');
    await trino.query(`CREATE SCHEMA IF NOT EXISTS iceberg.${SCHEMA.schema}`);
  });

  afterAll(async () => {
    await opened.close();
  });

  beforeEach(() => {
    changed = [];
  });

  const options = (of = connections) => ({
    connections: of,
    tableChanged: (ref: object) => changed.push(ref),
  });

  async function makeTable(table: string, inserts: number) {
    const ref = { ...SCHEMA, table };
    await trino.query(`DROP TABLE IF EXISTS ${quoteTable(ref)}`);
    await trino.query(
      `CREATE TABLE ${quoteTable(
        ref,
      )} (id bigint, day date) WITH (partitioning = ARRAY['day'])`,
    );
    for (let n = 0; n < inserts; n += 1) {
      await trino.query(
        `INSERT INTO ${quoteTable(
          ref,
        )} VALUES (${n}, DATE '2026-01-01'), (${n}, DATE '2026-01-02')`,
      );
    }
    return { connection: 'analytics', ...ref };
  }

  async function count(ref: typeof SCHEMA & { table: string }, kind: string) {
    const { rows } = await trino.query(
      `SELECT count(*) AS n FROM ${quoteMetadataTable(ref, kind)}`,
    );
    return rows[0].n;
  }

  async function rowsOf(ref: typeof SCHEMA & { table: string }) {
    const { rows } = await trino.query(
      `SELECT count(*) AS n FROM ${quoteTable(ref)}`,
    );
    return rows[0].n;
  }

  it('groups manifests, and leaves the rows', async () => {
    const input = await makeTable('odd.name é manifests', 3);
    const before = await count(input, 'manifests');
    const trial = await testRunbookAction({
      action: createOptimizeManifestsAction(options()),
      input,
    });
    expect(trial.preview.changes).toContainEqual(
      expect.objectContaining({ label: 'Manifests', before }),
    );
    const after = await count(input, 'manifests');
    expect(trial.verification).toMatchObject({ outcome: 'verified' });
    expect(trial.verification.metrics).toContainEqual(
      expect.objectContaining({ label: 'Manifests', before, after }),
    );
    expect(trial.verification.metrics).toContainEqual(
      expect.objectContaining({ label: 'Rows', before: 6, after: 6 }),
    );
    expect(await rowsOf(input)).toBe(6);
    expect(changed).toContainEqual(input);
  });

  it('refuses a retention that the cluster refuses', async () => {
    const input = { ...(await makeTable('young', 1)), retention: '1d' };
    for (const action of [
      createExpireSnapshotsAction(options()),
      createRemoveOrphanFilesAction(options()),
    ]) {
      await expect(action.preview(runContext(input))).rejects.toThrow(
        /retention: 1d is shorter than 7\.00d, the least/,
      );
    }
    await expect(
      trino.query(
        `ALTER TABLE ${quoteTable(
          input,
        )} EXECUTE expire_snapshots(retention_threshold => '1d')`,
      ),
    ).rejects.toThrow(/shorter than the minimum/);
  });

  it('finds nothing to expire in a young table', async () => {
    const input = await makeTable('nothing_old', 2);
    const snapshots = await count(input, 'snapshots');
    const trial = await testRunbookAction({
      action: createExpireSnapshotsAction(options()),
      input,
    });
    expect(trial.preview.summary).toContain('there is nothing to expire');
    expect(trial.verification.outcome).toBe('verified');
    expect(await count(input, 'snapshots')).toBe(snapshots);
  });

  it('forgets old snapshots, and says what is lost', async () => {
    const input = { ...(await makeTable('expires', 4)), retention: '0s' };
    await trino.query(`ALTER TABLE ${quoteTable(input)} EXECUTE optimize`);
    const snapshots = Number(await count(input, 'snapshots'));
    const action = createExpireSnapshotsAction(
      options(withoutLeastRetention(connections)),
    );
    const trial = await testRunbookAction({ action, input });
    expect(trial.preview.changes).toEqual([
      expect.objectContaining({ before: snapshots, after: 1 }),
      // 8 small files that compaction replaced.
      expect.objectContaining({ label: 'Old data files removed', after: 8 }),
      expect.objectContaining({ label: 'Storage freed' }),
      expect.objectContaining({ label: 'Data files of the table', after: 2 }),
    ]);
    expect(trial.preview.samples?.total).toBe(snapshots - 1);
    expect(trial.preview.warnings[0]).toContain('Nobody can read this table');
    expect(trial.reconciledBefore.state).toBe('not-done');
    expect(trial.verification).toMatchObject({
      outcome: 'verified',
      summary: `${
        snapshots - 1
      } snapshots expired; none that is left is too old.`,
    });
    expect(await count(input, 'snapshots')).toBe(1);
    expect(await rowsOf(input)).toBe(8);
    const lost = runContext(action.schema.input.parse(input), {
      fingerprint: trial.fingerprint,
      memory: { trinoQueryId: '20200101_000000_00000_aaaaa' },
    });
    await expect(action.reconcile(lost)).resolves.toMatchObject({
      state: 'done',
    });
  });

  it('removes orphan files, and tells what it can and can not tell', async () => {
    const input = { ...(await makeTable('orphans', 1)), retention: '0s' };
    const trial = await testRunbookAction({
      action: createRemoveOrphanFilesAction(
        options(withoutLeastRetention(connections)),
      ),
      input,
    });
    expect(trial.preview.summary).toContain("can't be told beforehand");
    expect(trial.preview.summary).toContain('orphans');
    expect(['inconclusive', 'verified']).toContain(trial.verification.outcome);
    expect(await rowsOf(input)).toBe(2);
  });

  it('tells how a table is', async () => {
    const input = await makeTable('state', 3);
    const action = createCheckTableAction(options());
    const trial = await testRunbookAction({ action, input });
    expect(trial.output).toMatchObject({
      format: 'iceberg',
      dataFiles: 6,
      smallFiles: 6,
      smallFilePercent: 100,
      filesAfterCompaction: 2,
      snapshots: 4,
      oldSnapshots: 0,
      records: 6,
      columns: 2,
    });
    await trino.query(`ANALYZE ${quoteTable(input)}`);
    const after = await action.execute(
      runContext(action.schema.input.parse(input)),
    );
    expect(after).toMatchObject({
      columnsWithStatistics: 2,
      rowsSinceStatisticsPercent: 0,
      statisticsWrittenAt: expect.any(String),
    });
  });

  it('tells how the cluster and its queries are', async () => {
    const cluster = await testRunbookAction({
      action: createCheckClusterAction(options()),
      input: { connection: 'analytics' },
    });
    expect(cluster.output).toMatchObject({ state: 'ready', gaps: [] });
    expect(cluster.output.workers).toBeGreaterThan(0);
    expect(cluster.output.memoryFreePercent).toBeGreaterThan(0);

    await expect(
      trino.query('SELECT * FROM iceberg.nowhere.nothing', {}),
    ).rejects.toThrow();
    const queries = await testRunbookAction({
      action: createCheckQueriesAction(options()),
      input: { connection: 'analytics', minutes: 5 },
    });
    // Our own do not count.
    expect(
      queries.output.sources.every(({ source }) => source !== trino.source),
    ).toBe(true);
  });

  it('asks one question in SQL, with bound values', async () => {
    const action = createCheckSqlAction(options());
    const hostile = "x'; DROP TABLE iceberg.lake.daily_sales; --";
    const trial = await testRunbookAction({
      action,
      input: {
        connection: 'analytics',
        sql: 'SELECT ? AS text, ? AS number, ? AS truth',
        parameters: [hostile, 42, true],
      },
    });
    expect(trial.output.rows).toEqual([
      { text: hostile, number: 42, truth: true },
    ]);
    // What people may see who may preview and not run.
    expect(JSON.stringify(trial.preview)).not.toContain(hostile);
    const many = await action.execute(
      runContext(
        action.schema.input.parse({
          connection: 'analytics',
          sql: 'SELECT orderkey FROM tpch.tiny.orders',
          maxRows: 3,
        }),
      ),
    );
    expect(many).toMatchObject({ count: 3, truncated: true });
    for (const sql of [
      'DROP TABLE iceberg.lake.daily_sales',
      'SELECT nothing_like_this FROM tpch.tiny.orders',
    ]) {
      await expect(
        action.preview(
          runContext(
            action.schema.input.parse({ connection: 'analytics', sql }),
          ),
        ),
      ).rejects.toThrow();
    }
  });
});

describe('a cluster that does not answer', () => {
  it('is told as down, and is no error', async () => {
    const action = createCheckClusterAction({
      connections: connect('http://127.0.0.1:1'),
      tableChanged: () => {},
    });
    const { output, verification } = await testRunbookAction({
      action,
      input: { connection: 'analytics' },
    });
    expect(output.state).toBe('down');
    expect(verification.summary).toContain('Trino analytics does not answer');
  });
});
