import { TrinoError } from '../sql/TrinoError';
import { type Random } from '../world/Random';
import { type Persona, type SimulatedStatement } from './Persona';

const MB = 1024 * 1024;
const GB = 1024 * MB;
const EXPORT_FAILURE_SHARE = 0.12;
const FLAKY_FAILURE_SHARE = 0.3;

function reading(
  sql: string,
  options: { random: Random; runMs: number; memoryMb: number; rows?: number },
): SimulatedStatement {
  const { random, runMs, memoryMb, rows = 50 } = options;
  const ran = random.skewed(runMs);
  return {
    sql,
    outputRows: random.between(1, rows),
    cost: {
      runMs: ran,
      cpuMs: Math.round(ran * (1.5 + random.next() * 4)),
      peakMemoryBytes: Math.round(random.skewed(memoryMb) * MB),
    },
  };
}

const STORES = [101, 114, 207, 350, 412];

const personalApi: Persona = {
  user: 'svc-personal-api',
  source: 'personal-api',
  userAgent: 'trino-js-client/0.2.9',
  everyMs: 2_400,
  next: random =>
    random.chance(0.7)
      ? reading(
          `SELECT custkey, name, lifetime_value FROM iceberg.gold.customer_360 WHERE custkey = ${random.between(
            1,
            2_000_000,
          )}`,
          { random, runMs: 180, memoryMb: 14, rows: 1 },
        )
      : reading(
          `SELECT day, sum(revenue) AS revenue FROM iceberg.gold.daily_sales WHERE store_id = ${random.pick(
            STORES,
          )} GROUP BY day ORDER BY day DESC LIMIT 30`,
          { random, runMs: 420, memoryMb: 40, rows: 30 },
        ),
};

const superset: Persona = {
  user: 'superset',
  source: 'superset',
  userAgent: 'trino-python-client/0.333.0',
  everyMs: 6_000,
  next: random => {
    const sql = random.pick([
      'SELECT day, sum(revenue) AS revenue FROM iceberg.gold.daily_sales GROUP BY day ORDER BY day',
      'SELECT region, month, revenue FROM iceberg.gold.revenue_by_region ORDER BY month DESC LIMIT 1000',
      'SELECT day, count(*) AS visits, approx_percentile(duration_s, 0.5) AS median_s FROM iceberg.silver.sessions GROUP BY day',
      'SELECT kind, count(*) AS events FROM iceberg.silver.events_enriched GROUP BY kind ORDER BY events DESC LIMIT 100',
    ]);
    const statement = reading(sql, {
      random,
      runMs: 1_600,
      memoryMb: 160,
      rows: 1_000,
    });
    return random.chance(0.03)
      ? {
          ...statement,
          failure: new TrinoError({
            name: 'EXCEEDED_TIME_LIMIT',
            message:
              'Query exceeded the maximum execution time limit of 30.00s',
          }),
        }
      : statement;
  },
};

const DBT_MODELS: Pick<SimulatedStatement, 'sql' | 'write'>[] = [
  {
    sql: 'INSERT INTO iceberg.silver.customers SELECT custkey, name, phone, acctbal, mktsegment, nationkey FROM tpch.sf1.customer',
    write: {
      schema: 'silver',
      table: 'customers',
      files: [1, 1],
      rowsPerFile: 40_000,
      bytesPerFile: 12 * MB,
      statistics: true,
    },
  },
  {
    sql: 'INSERT INTO iceberg.silver.sessions SELECT CAST(occurred_at AS date), event_id, user_id, 1, 0e0 FROM iceberg.bronze.clickstream_raw',
    write: {
      schema: 'silver',
      table: 'sessions',
      files: [1, 2],
      rowsPerFile: 9_000,
      bytesPerFile: 2.4 * MB,
      statistics: false,
    },
  },
];

const dbt: Persona = {
  user: 'dbt',
  source: 'dbt',
  clientTags: ['dbt', 'prod'],
  userAgent: 'dbt-trino/1.9.0',
  everyMs: 40_000,
  next: random => {
    const model = random.pick(DBT_MODELS);
    const runMs = random.skewed(7_000);
    return {
      ...model,
      cost: {
        runMs,
        cpuMs: Math.round(runMs * 5),
        peakMemoryBytes: Math.round(random.skewed(500) * MB),
      },
    };
  },
};

const clickstream: Persona = {
  user: 'etl-clickstream',
  source: 'etl-clickstream',
  clientTags: ['etl', 'streaming'],
  userAgent: 'trino-go-client/0.328.0',
  everyMs: 22_000,
  next: random => ({
    sql: 'INSERT INTO iceberg.bronze.clickstream_raw SELECT orderkey, custkey, orderstatus, current_timestamp, comment FROM tpch.sf1.orders',
    write: {
      schema: 'bronze',
      table: 'clickstream_raw',
      files: [1, 4],
      rowsPerFile: 6_000,
      bytesPerFile: 0.7 * MB,
      statistics: false,
    },
    cost: {
      runMs: random.skewed(900),
      cpuMs: Math.round(random.skewed(1_500)),
      peakMemoryBytes: Math.round(random.skewed(60) * MB),
    },
  }),
};

const nightlyExport: Persona = {
  user: 'etl-export',
  source: 'nightly-export',
  clientTags: ['etl', 'export'],
  userAgent: 'trino-jdbc/476',
  everyMs: 70_000,
  next: random => {
    const runMs = random.skewed(38_000, 0.5);
    const fails = random.chance(EXPORT_FAILURE_SHARE);
    return {
      sql: 'SELECT c.custkey, c.name, sum(s.revenue) AS revenue FROM iceberg.gold.customer_360 AS c CROSS JOIN iceberg.gold.daily_sales AS s GROUP BY c.custkey, c.name',
      outputRows: fails ? 0 : random.between(200_000, 3_000_000),
      failure: fails
        ? new TrinoError({
            name: 'EXCEEDED_GLOBAL_MEMORY_LIMIT',
            message:
              'Query exceeded distributed user memory limit of 4GB defined by the query.max-memory configuration property',
          })
        : undefined,
      cost: {
        runMs,
        cpuMs: Math.round(runMs * 9),
        peakMemoryBytes: Math.round((fails ? 4 : 1 + random.next() * 2.6) * GB),
        spilledBytes: random.chance(0.3) ? random.between(1, 8) * GB : 0,
      },
    };
  },
};

const featureStore: Persona = {
  user: 'svc-features',
  source: 'feature-store',
  clientTags: ['analytics'],
  userAgent: 'trino-python-client/0.333.0',
  everyMs: 16_000,
  next: random => {
    const statement = reading(
      'SELECT user_id, count(*) AS events, max(occurred_at) AS last_seen FROM iceberg.bronze.clickstream_raw GROUP BY user_id LIMIT 5000',
      { random, runMs: 3_200, memoryMb: 320, rows: 5_000 },
    );
    return random.chance(FLAKY_FAILURE_SHARE)
      ? {
          ...statement,
          failure: random.pick([
            new TrinoError({
              name: 'REMOTE_TASK_ERROR',
              message:
                'Expected response code to be 200, but was 500 (http://10.20.0.12:8080/v1/task)',
            }),
            new TrinoError({
              name: 'JDBC_ERROR',
              message: 'Connection reset by peer: features-db:5432',
            }),
          ]),
        }
      : statement;
  },
};

/** What people type: most of it works, some of it doesn't. */
function adHocStatement(random: Random): SimulatedStatement {
  const sql = random.pick([
    "SELECT count(*) FROM iceberg.silver.events_enriched WHERE kind LIKE 'amber%'",
    'SELECT * FROM iceberg.bronze.orders_cdc ORDER BY orderdate DESC LIMIT 100',
    'SELECT nationkey, avg(acctbal) FROM iceberg.silver.customers GROUP BY nationkey',
    'SELECT c.nationkey, sum(o.totalprice) FROM iceberg.silver.customers c JOIN iceberg.lake.orders_stale_stats o ON c.custkey = o.custkey GROUP BY c.nationkey',
    'SELECT user_id, count(*) FROM iceberg.lake.events_small_files GROUP BY user_id ORDER BY 2 DESC LIMIT 20',
    "SELECT count(DISTINCT custkey) FROM iceberg.lake.orders_stale_stats WHERE orderdate > DATE '2026-01-01'",
  ]);
  const mistakes = [
    'SELECT * FROM iceberg.gold.daily_slaes LIMIT 10',
    'SELECT custoemr_id FROM iceberg.gold.customer_360',
    'SELEC count(*) FROM iceberg.silver.customers',
    "SELECT * FROM iceberg.silver.customers WHERE acctbal > 'a lot'",
  ];
  return reading(random.chance(0.14) ? random.pick(mistakes) : sql, {
    random,
    runMs: 9_000,
    memoryMb: 420,
    rows: 1_000,
  });
}

function person(user: string, source: string, everyMs: number): Persona {
  return { user, source, everyMs, userAgent: source, next: adHocStatement };
}

/** Everyone who uses the simulated cluster. */
export const PERSONAS: Persona[] = [
  personalApi,
  superset,
  dbt,
  clickstream,
  nightlyExport,
  featureStore,
  person('alice', 'trino-cli', 17_000),
  person('carol', 'dbeaver', 21_000),
  person('dmitri', 'jupyter', 26_000),
];
