/** How many INSERTs make the table of many snapshots. */
export const SNAPSHOT_COUNT = 300;

/** The highest order key at TPC-H scale factor 1. */
const MAX_ORDER_KEY = 6_000_000;

/** Rows of one INSERT that make about 100 small files. */
const PART_ROWS = 365_000;

/** Files of about 4,000 rows: Trino closes a file after each page that goes beyond the target. */
const SMALL_FILES = { 'iceberg.target_max_file_size': '1kB' };
const ONE_FILE = { task_max_writer_count: '1', scale_writers: 'true' };
const NO_STATISTICS = {
  'iceberg.collect_extended_statistics_on_write': 'false',
};
/** What makes a small INSERT quick: one writer, nothing to exchange, no statistics. */
const QUICK = {
  ...NO_STATISTICS,
  redistribute_writes: 'false',
  scale_writers: 'false',
  task_concurrency: '1',
};

/**
 * The demo tables. `fill` makes a table by statements that run one after another; it gets
 * the quoted name, `run(sql, session?)`, `note(message)` for progress and the comment as
 * SQL text. A table's `summary` becomes its comment once it is complete; those made by one
 * statement (`isOneStatement`) set it themselves and can't be left half made.
 */
export const SEEDS = [
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'snapshots_bloat',
    summary: `${SNAPSHOT_COUNT} snapshots, one file each`,
    async fill({ name, run, note }) {
      await run(
        `CREATE TABLE ${name} (reading_id bigint, sensor varchar, measured_at timestamp(6), value double)`,
      );
      for (let i = 1; i <= SNAPSHOT_COUNT; i += 1) {
        await run(
          `INSERT INTO ${name} VALUES (${i}, 'sensor-${
            i % 7
          }', localtimestamp, ${i / 8}e0)`,
          QUICK,
        );
        if (i % 100 === 0 && i < SNAPSHOT_COUNT) {
          note(`${i} of ${SNAPSHOT_COUNT} snapshots`);
        }
      }
    },
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'events_small_files',
    summary:
      'about 300 small files in a few snapshots; compaction brings them below 10',
    async fill({ name, run }) {
      await run(
        `CREATE TABLE ${name} (event_id bigint, user_id bigint, kind varchar, occurred_on date, amount double)`,
      );
      for (const part of [0, 1, 2]) {
        await run(
          `INSERT INTO ${name} SELECT orderkey + ${
            part * MAX_ORDER_KEY
          }, custkey, orderpriority, orderdate, totalprice FROM tpch.sf1.orders LIMIT ${PART_ROWS}`,
          SMALL_FILES,
        );
      }
    },
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'orders_stale_stats',
    summary:
      'analyzed at 15,000 rows, then 200,000 more were written without statistics',
    async fill({ name, run }) {
      const columns = 'orderstatus, totalprice, orderdate, clerk';
      await run(
        `CREATE TABLE ${name} AS SELECT orderkey, custkey, ${columns} FROM tpch.tiny.orders`,
      );
      await run(`ANALYZE ${name}`);
      await run(
        `INSERT INTO ${name} SELECT orderkey + ${MAX_ORDER_KEY}, custkey + 5000, ${columns} FROM tpch.sf1.orders LIMIT 200000`,
        NO_STATISTICS,
      );
    },
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'daily_sales',
    summary: 'healthy: one file of a good size, fresh statistics',
    async fill({ name, run }) {
      await run(
        `CREATE TABLE ${name} AS SELECT * FROM tpch.sf1.orders`,
        ONE_FILE,
      );
      await run(`ANALYZE ${name}`);
    },
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'odd.name ü',
    summary: 'a name with a dot, a space and an umlaut',
    fill: fillOddlyNamed,
  },
  {
    // Not in the catalog of the file metastore, which lists the quote as %22.
    catalog: 'icerest',
    schema: 'lake',
    table: 'we"ird.name ü',
    summary: 'a name with a quote, a dot, a space and an umlaut',
    fill: fillOddlyNamed,
  },
  {
    catalog: 'delta',
    schema: 'lake',
    table: 'customers_delta',
    // Trino writes no second commit to a Delta table on a local file system (seen with 476).
    isOneStatement: true,
    summary: 'a Delta table of 25 partitions',
    async fill({ name, run, comment }) {
      await run(
        `CREATE TABLE ${name} COMMENT ${comment} WITH (partitioned_by = ARRAY['nationkey']) AS SELECT custkey, name, phone, acctbal, mktsegment, nationkey FROM tpch.tiny.customer`,
      );
    },
  },
  {
    catalog: 'icerest',
    schema: 'lake',
    table: 'suppliers',
    summary: 'an Iceberg table in the REST catalog',
    async fill({ name, run }) {
      await run(`CREATE TABLE ${name} AS SELECT * FROM tpch.tiny.supplier`);
      await run(
        `INSERT INTO ${name} SELECT suppkey + 1000, name, address, nationkey, phone, acctbal, comment FROM tpch.tiny.supplier`,
      );
    },
  },
  {
    catalog: 'icerest',
    schema: 'lake',
    table: 'we"ird.na$me ü',
    isOneStatement: true,
    // What can't be found can't be dropped.
    isPermanent: true,
    summary:
      "listed by Trino and yet not found when asked for, because of its '$'",
    async fill({ name, run, comment }) {
      await run(`CREATE TABLE ${name} (a bigint) COMMENT ${comment}`);
    },
  },
];

async function fillOddlyNamed({ name, run }) {
  await run(
    `CREATE TABLE ${name} AS SELECT nationkey, name AS "na""me ü" FROM tpch.tiny.nation`,
  );
  await run(
    `INSERT INTO ${name} SELECT nationkey + 100, name FROM tpch.tiny.nation`,
  );
}
