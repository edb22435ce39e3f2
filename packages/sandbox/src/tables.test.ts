import { trinoCall } from './__testUtils__/trinoCall';
import { type Sandbox, startSandbox } from './startSandbox';

describe('tables', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ speed: 20 });
  });

  afterAll(() => sandbox.close());

  const call = (sql: string, headers?: Record<string, string>) =>
    trinoCall(sandbox, sql, headers);
  const one = async (sql: string) => (await call(sql)).rows[0];

  it('lists the demo tables in their layers', async () => {
    const { rows } = await call(
      "SELECT table_schema, table_name FROM iceberg.information_schema.tables WHERE table_schema <> 'information_schema'",
    );
    expect(rows.length).toBeGreaterThanOrEqual(12);
    expect(rows).toEqual(
      expect.arrayContaining([
        ['lake', 'events_small_files'],
        ['lake', 'we"ird.na$me ü'],
        ['bronze', 'clickstream_raw'],
        ['gold', 'daily_sales'],
      ]),
    );
    expect((await call('SHOW TABLES FROM delta.lake')).rows).toEqual([
      ['customers_delta'],
    ]);
  });

  it('compacts 300 small files into one, and no row is lost', async () => {
    const table = 'iceberg.lake.events_small_files';
    const files = `SELECT count(*) FROM iceberg.lake."events_small_files$files"`;
    const [before] = await one(`SELECT count(*) FROM ${table}`);
    const sum = async () =>
      Number((await one(`SELECT sum(amount) FROM ${table}`))[0]);
    const sumBefore = await sum();
    expect(await one(files)).toEqual([300]);
    const { updateType, error } = await call(
      `ALTER TABLE ${table} EXECUTE optimize(file_size_threshold => '128MB')`,
    );
    expect([updateType, error]).toEqual(['ALTER TABLE EXECUTE', undefined]);
    expect(await one(files)).toEqual([1]);
    expect(await one(`SELECT count(*) FROM ${table}`)).toEqual([before]);
    // A sample of it is scaled up, before and after.
    expect((await sum()) / sumBefore).toBeCloseTo(1, 1);
    expect(
      await one(
        `SELECT operation, summary['total-data-files'] FROM iceberg.lake."events_small_files$snapshots" ORDER BY committed_at DESC LIMIT 1`,
      ),
    ).toEqual(['replace', '1']);
  });

  it('compacts one partition when told to', async () => {
    const partitions = `SELECT partition.occurred_at_day, file_count FROM iceberg.bronze."clickstream_raw$partitions" ORDER BY 1`;
    const before = (await call(partitions)).rows;
    const [day] = before[0];
    await call(
      `ALTER TABLE iceberg.bronze.clickstream_raw EXECUTE optimize WHERE occurred_at = TIMESTAMP '${day} 00:00:00 UTC'`,
    );
    const after = (await call(partitions)).rows;
    expect(after[0]).toEqual([day, 1]);
    expect(after.slice(1)).toEqual(before.slice(1));
  });

  it('refreshes statistics of all columns or of some', async () => {
    const stats = async () =>
      new Map(
        (await call('SHOW STATS FOR iceberg.gold.customer_360')).rows.map(
          row => [row[0], row[2]],
        ),
      );
    expect((await stats()).get('name')).toBeNull();
    expect((await stats()).get('custkey')).toEqual(expect.any(Number));
    await call(
      "ANALYZE iceberg.gold.customer_360 WITH (columns = ARRAY['name'])",
    );
    expect((await stats()).get('name')).toEqual(expect.any(Number));
    expect((await stats()).get('phone')).toBeNull();
    const { error } = await call(
      "ANALYZE iceberg.gold.customer_360 WITH (columns = ARRAY['nope'])",
    );
    expect(error?.errorName).toBe('INVALID_ANALYZE_PROPERTY');
  });

  it('keeps to the floor of seven days unless the session lowers it', async () => {
    const expire =
      "ALTER TABLE iceberg.lake.snapshots_bloat EXECUTE expire_snapshots(retention_threshold => '1d')";
    expect((await call(expire)).error).toMatchObject({
      errorName: 'INVALID_PROCEDURE_ARGUMENT',
      errorCode: 30,
      message: expect.stringContaining(
        'Retention specified (1.00d) is shorter than the minimum retention configured in the system (7.00d)',
      ),
    });
    const count = `SELECT count(*) FROM iceberg.lake."snapshots_bloat$snapshots"`;
    expect(await one(count)).toEqual([301]);
    await call(expire, {
      'X-Trino-Session': 'iceberg.expire_snapshots_min_retention=0s',
    });
    const [left] = await one(count);
    expect(left).toBeLessThan(10);
  });

  it('makes, fills, reads and drops a table', async () => {
    await call('CREATE SCHEMA IF NOT EXISTS iceberg.mine');
    await call(
      "CREATE TABLE iceberg.mine.t (id bigint, day date) WITH (partitioning = ARRAY['day'])",
    );
    expect(
      await call(
        "INSERT INTO iceberg.mine.t VALUES (9007199254740993, DATE '2026-01-01'), (2, DATE '2026-01-02')",
      ),
    ).toMatchObject({ updateType: 'INSERT', updateCount: 2 });
    expect(
      (
        await call(
          'SELECT CAST(id AS varchar), day FROM iceberg.mine.t ORDER BY day',
        )
      ).rows,
    ).toEqual([
      ['9007199254740993', '2026-01-01'],
      ['2', '2026-01-02'],
    ]);
    expect(
      (await call("DELETE FROM iceberg.mine.t WHERE day = DATE '2026-01-01'"))
        .updateCount,
    ).toBe(1);
    expect(await one('SELECT id FROM iceberg.mine.t')).toEqual([2]);
    const copy = await call(
      'CREATE TABLE iceberg.mine.copy AS SELECT * FROM tpch.tiny.nation',
    );
    expect(copy.updateCount).toBe(25);
    expect((await call('DROP SCHEMA iceberg.mine')).error?.errorName).toBe(
      'SCHEMA_NOT_EMPTY',
    );
    await call('DROP TABLE iceberg.mine.t');
    await call('DROP TABLE iceberg.mine.copy');
    expect((await call('DROP SCHEMA iceberg.mine')).error).toBeUndefined();
  });

  it.each([
    [
      'SELECT * FROM iceberg.lake.nope',
      46,
      "line 1:15: Table 'iceberg.lake.nope' does not exist",
    ],
    [
      'SELECT * FROM iceberg.nope.t',
      45,
      "line 1:15: Schema 'nope' does not exist",
    ],
    ['SELECT * FROM nope.a.b', 44, "line 1:15: Catalog 'nope' not found"],
    [
      'SELECT * FROM nation',
      57,
      'line 1:15: Schema must be specified when session schema is not set',
    ],
    [
      'SHOW STATS FOR iceberg.lake.nope',
      46,
      "Table 'iceberg.lake.nope' does not exist",
    ],
    [
      'ANALYZE iceberg.lake.nope',
      46,
      "line 1:1: Table 'iceberg.lake.nope' does not exist",
    ],
    [
      'ALTER TABLE iceberg.lake.nope EXECUTE optimize',
      46,
      "line 1:7: Table 'iceberg.lake.nope' does not exist",
    ],
    [
      'ALTER TABLE tpch.tiny.nation EXECUTE optimize',
      29,
      'Table procedure not registered: OPTIMIZE',
    ],
    [
      'CALL system.runtime.nope()',
      29,
      'Procedure not registered: runtime.nope',
    ],
    [
      "CALL system.runtime.kill_query(message => 'x')",
      76,
      "line 1:1: Required procedure argument 'QUERY_ID' is missing",
    ],
    [
      'CREATE SCHEMA iceberg.lake',
      49,
      "line 1:1: Schema 'iceberg.lake' already exists",
    ],
    ['EXECUTE nope', 5, 'Prepared statement not found: nope'],
    [
      'SELECT * FROM iceberg.lake."daily_sales$nope"',
      46,
      `line 1:15: Table 'iceberg.lake."daily_sales$nope"' does not exist`,
    ],
  ])('answers %s with %s', async (sql, errorCode, message) => {
    expect((await call(sql)).error).toMatchObject({ errorCode, message });
  });

  it('counts tables too big to read, and goes on serving others', async () => {
    const counted = call('SELECT count(*) FROM tpch.sf1.lineitem');
    expect(await one('SELECT 1')).toEqual([1]);
    expect((await counted).rows).toEqual([[6001215]]);
  });

  it('reads an older snapshot', async () => {
    const { rows } = await call(
      `SELECT CAST(snapshot_id AS varchar), CAST(summary['total-records'] AS bigint) FROM iceberg.gold."revenue_by_region$snapshots" ORDER BY committed_at LIMIT 2`,
    );
    const [id, records] = rows[1];
    expect(
      await one(
        `SELECT count(*) FROM iceberg.gold.revenue_by_region FOR VERSION AS OF ${id}`,
      ),
    ).toEqual([records]);
  });

  it('plans with the snapshot that would be read', async () => {
    const [plan] = await one(
      'EXPLAIN (TYPE LOGICAL, FORMAT JSON) SELECT 1 FROM iceberg.gold.daily_sales UNION ALL SELECT 1 FROM iceberg.lake.daily_sales',
    );
    expect(
      String(plan).match(/"table" : "iceberg:\w+\.daily_sales\$data@\d+"/g),
    ).toHaveLength(2);
  });
});
