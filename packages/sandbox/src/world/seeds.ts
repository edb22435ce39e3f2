import {
  BIGINT,
  DATE,
  DOUBLE,
  INTEGER,
  type SqlType,
  VARCHAR,
} from '../sql/SqlType';
import { type SqlValue } from '../sql/SqlValue';
import { type TableColumn } from './TableColumn';

export interface TableSeed {
  catalog: 'iceberg' | 'delta';
  schema: string;
  table: string;
  comment?: string;
  columns: TableColumn[];
  partition?: {
    column: number;
    transform: 'identity' | 'day';
    /** The last so many days, when there are no values. */
    days?: number;
    values?: SqlValue[];
  };
  /** Commits after the one that created the table. */
  commits: number;
  files: number;
  rowsPerFile: number;
  bytesPerFile: number;
  ageDays: number;
  lastCommitHours: number;
  writer: string;
  /** ANALYZE ran after so many commits; never when missing. */
  analyzedAfter?: number;
  analyzedColumns?: string[];
  deleteFiles?: number;
}

const MB = 1024 * 1024;
const TIMESTAMP: SqlType = { kind: 'timestamp', precision: 6, zoned: true };

function columns(...pairs: [string, SqlType][]): TableColumn[] {
  return pairs.map(([name, type]) => ({ name, type }));
}

const ORDERS = columns(
  ['orderkey', BIGINT],
  ['custkey', BIGINT],
  ['orderstatus', VARCHAR],
  ['totalprice', DOUBLE],
  ['orderdate', DATE],
  ['clerk', VARCHAR],
);
const EVENTS = columns(
  ['event_id', BIGINT],
  ['user_id', BIGINT],
  ['kind', VARCHAR],
  ['occurred_at', TIMESTAMP],
  ['payload', VARCHAR],
);
const SALES = columns(
  ['day', DATE],
  ['store_id', BIGINT],
  ['product_id', BIGINT],
  ['quantity', INTEGER],
  ['revenue', { kind: 'decimal', precision: 18, scale: 2 }],
);
const CUSTOMERS = columns(
  ['custkey', BIGINT],
  ['name', VARCHAR],
  ['phone', VARCHAR],
  ['acctbal', DOUBLE],
  ['mktsegment', VARCHAR],
  ['nationkey', BIGINT],
);
const NATION_KEYS = Array.from({ length: 25 }, (_, i) => BigInt(i));

/** The demo tables: healthy ones, and one for each thing that goes wrong. */
export const SEEDS: TableSeed[] = [
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'events_small_files',
    comment:
      'Demo table: 300 small files in a few snapshots; compaction brings them below 10',
    columns: columns(
      ['event_id', BIGINT],
      ['user_id', BIGINT],
      ['kind', VARCHAR],
      ['occurred_on', DATE],
      ['amount', DOUBLE],
    ),
    commits: 12,
    files: 300,
    rowsPerFile: 3_900,
    bytesPerFile: 420_000,
    ageDays: 4,
    lastCommitHours: 0.4,
    writer: 'etl-events',
    analyzedAfter: 12,
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'orders_stale_stats',
    comment:
      'Demo table: analyzed at its first load, then grown without statistics',
    columns: ORDERS,
    commits: 9,
    files: 18,
    rowsPerFile: 410_000,
    bytesPerFile: 48 * MB,
    ageDays: 41,
    lastCommitHours: 3,
    writer: 'etl-orders',
    analyzedAfter: 1,
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'snapshots_bloat',
    comment: 'Demo table: 300 snapshots, one file each',
    columns: columns(
      ['reading_id', BIGINT],
      ['sensor', VARCHAR],
      ['measured_at', TIMESTAMP],
      ['value', DOUBLE],
    ),
    commits: 300,
    files: 300,
    rowsPerFile: 60_000,
    bytesPerFile: 9 * MB,
    ageDays: 96,
    lastCommitHours: 1,
    writer: 'etl-sensors',
    analyzedAfter: 240,
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'daily_sales',
    comment: 'Demo table: healthy: files of a good size, fresh statistics',
    columns: SALES,
    commits: 6,
    files: 6,
    rowsPerFile: 2_100_000,
    bytesPerFile: 236 * MB,
    ageDays: 6,
    lastCommitHours: 5,
    writer: 'dbt',
    analyzedAfter: 6,
  },
  {
    catalog: 'iceberg',
    schema: 'lake',
    table: 'we"ird.na$me ü',
    comment:
      'Demo table: a name with a quote, a dot, a dollar sign, a space and an umlaut',
    columns: columns(['nationkey', BIGINT], ['na"me ü', VARCHAR]),
    commits: 2,
    files: 2,
    rowsPerFile: 25,
    bytesPerFile: 1_300,
    ageDays: 2,
    lastCommitHours: 20,
    writer: 'etl-seed',
    analyzedAfter: 2,
  },
  {
    catalog: 'iceberg',
    schema: 'bronze',
    table: 'clickstream_raw',
    comment: 'Raw clicks as they arrive, by day',
    columns: EVENTS,
    partition: { column: 3, transform: 'day', days: 8 },
    commits: 96,
    files: 768,
    rowsPerFile: 22_000,
    bytesPerFile: 2.6 * MB,
    ageDays: 8,
    lastCommitHours: 0.1,
    writer: 'etl-clickstream',
  },
  {
    catalog: 'iceberg',
    schema: 'bronze',
    table: 'orders_cdc',
    comment: 'Change capture of the shop, with position deletes not merged yet',
    columns: ORDERS,
    commits: 40,
    files: 120,
    rowsPerFile: 90_000,
    bytesPerFile: 14 * MB,
    ageDays: 20,
    lastCommitHours: 0.3,
    writer: 'etl-cdc',
    analyzedAfter: 12,
    deleteFiles: 64,
  },
  {
    catalog: 'iceberg',
    schema: 'silver',
    table: 'events_enriched',
    comment: 'Events joined with their users, by day',
    columns: EVENTS,
    partition: { column: 3, transform: 'day', days: 14 },
    commits: 14,
    files: 56,
    rowsPerFile: 1_200_000,
    bytesPerFile: 180 * MB,
    ageDays: 14,
    lastCommitHours: 2,
    writer: 'dbt',
    analyzedAfter: 14,
  },
  {
    catalog: 'iceberg',
    schema: 'silver',
    table: 'customers',
    comment: 'One row a customer',
    columns: CUSTOMERS,
    commits: 10,
    files: 10,
    rowsPerFile: 320_000,
    bytesPerFile: 141 * MB,
    ageDays: 10,
    lastCommitHours: 9,
    writer: 'dbt',
    analyzedAfter: 10,
  },
  {
    catalog: 'iceberg',
    schema: 'silver',
    table: 'sessions',
    comment: 'Visits, by day',
    columns: columns(
      ['day', DATE],
      ['session_id', BIGINT],
      ['user_id', BIGINT],
      ['pages', INTEGER],
      ['duration_s', DOUBLE],
    ),
    partition: { column: 0, transform: 'identity', days: 30 },
    commits: 30,
    files: 210,
    rowsPerFile: 64_000,
    bytesPerFile: 21 * MB,
    ageDays: 30,
    lastCommitHours: 4,
    writer: 'etl-sessions',
    analyzedAfter: 9,
  },
  {
    catalog: 'iceberg',
    schema: 'gold',
    table: 'daily_sales',
    comment: 'Sales by day, store and product: what the dashboards read',
    columns: SALES,
    partition: { column: 0, transform: 'identity', days: 30 },
    commits: 30,
    files: 30,
    rowsPerFile: 900_000,
    bytesPerFile: 168 * MB,
    ageDays: 30,
    lastCommitHours: 6,
    writer: 'dbt',
    analyzedAfter: 30,
  },
  {
    catalog: 'iceberg',
    schema: 'gold',
    table: 'customer_360',
    comment: 'Everything known of a customer in one row',
    columns: [...CUSTOMERS, ...columns(['lifetime_value', DOUBLE])],
    commits: 21,
    files: 21,
    rowsPerFile: 150_000,
    bytesPerFile: 96 * MB,
    ageDays: 60,
    lastCommitHours: 22,
    writer: 'dbt',
    analyzedAfter: 4,
    analyzedColumns: ['custkey', 'nationkey'],
  },
  {
    catalog: 'iceberg',
    schema: 'gold',
    table: 'revenue_by_region',
    comment: 'A small report table',
    columns: columns(['region', VARCHAR], ['month', DATE], ['revenue', DOUBLE]),
    commits: 3,
    files: 3,
    rowsPerFile: 120,
    bytesPerFile: 7_000,
    ageDays: 70,
    lastCommitHours: 500,
    writer: 'dbt',
    analyzedAfter: 3,
  },
  {
    catalog: 'delta',
    schema: 'lake',
    table: 'customers_delta',
    comment: 'Demo table: a Delta table of 25 partitions',
    columns: CUSTOMERS,
    partition: { column: 5, transform: 'identity', values: NATION_KEYS },
    commits: 4,
    files: 100,
    rowsPerFile: 1_500,
    bytesPerFile: 210_000,
    ageDays: 12,
    lastCommitHours: 30,
    writer: 'etl-customers',
    analyzedAfter: 2,
  },
];
