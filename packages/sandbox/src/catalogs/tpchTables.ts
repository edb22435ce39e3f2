import { BIGINT, DATE, DOUBLE, INTEGER, type SqlType } from '../sql/SqlType';
import { columns, type TableColumn } from '../world/TableColumn';

function varchar(length: number): SqlType {
  return { kind: 'varchar', length };
}

export interface TpchTable {
  columns: TableColumn[];
  /** Rows at scale factor 1; fixed tables have as many at any scale. */
  rows: number;
  fixed?: boolean;
}

/** Tables of the tpch connector with its column names. */
export const TPCH_TABLES: Record<string, TpchTable> = {
  customer: {
    rows: 150_000,
    columns: columns(
      ['custkey', BIGINT],
      ['name', varchar(25)],
      ['address', varchar(40)],
      ['nationkey', BIGINT],
      ['phone', varchar(15)],
      ['acctbal', DOUBLE],
      ['mktsegment', varchar(10)],
      ['comment', varchar(117)],
    ),
  },
  lineitem: {
    rows: 6_001_215,
    columns: columns(
      ['orderkey', BIGINT],
      ['partkey', BIGINT],
      ['suppkey', BIGINT],
      ['linenumber', INTEGER],
      ['quantity', DOUBLE],
      ['extendedprice', DOUBLE],
      ['discount', DOUBLE],
      ['tax', DOUBLE],
      ['returnflag', varchar(1)],
      ['linestatus', varchar(1)],
      ['shipdate', DATE],
      ['commitdate', DATE],
      ['receiptdate', DATE],
      ['shipinstruct', varchar(25)],
      ['shipmode', varchar(10)],
      ['comment', varchar(44)],
    ),
  },
  nation: {
    rows: 25,
    fixed: true,
    columns: columns(
      ['nationkey', BIGINT],
      ['name', varchar(25)],
      ['regionkey', BIGINT],
      ['comment', varchar(152)],
    ),
  },
  orders: {
    rows: 1_500_000,
    columns: columns(
      ['orderkey', BIGINT],
      ['custkey', BIGINT],
      ['orderstatus', varchar(1)],
      ['totalprice', DOUBLE],
      ['orderdate', DATE],
      ['orderpriority', varchar(15)],
      ['clerk', varchar(15)],
      ['shippriority', INTEGER],
      ['comment', varchar(79)],
    ),
  },
  part: {
    rows: 200_000,
    columns: columns(
      ['partkey', BIGINT],
      ['name', varchar(55)],
      ['mfgr', varchar(25)],
      ['brand', varchar(10)],
      ['type', varchar(25)],
      ['size', INTEGER],
      ['container', varchar(10)],
      ['retailprice', DOUBLE],
      ['comment', varchar(23)],
    ),
  },
  partsupp: {
    rows: 800_000,
    columns: columns(
      ['partkey', BIGINT],
      ['suppkey', BIGINT],
      ['availqty', INTEGER],
      ['supplycost', DOUBLE],
      ['comment', varchar(199)],
    ),
  },
  region: {
    rows: 5,
    fixed: true,
    columns: columns(
      ['regionkey', BIGINT],
      ['name', varchar(25)],
      ['comment', varchar(152)],
    ),
  },
  supplier: {
    rows: 10_000,
    columns: columns(
      ['suppkey', BIGINT],
      ['name', varchar(25)],
      ['address', varchar(40)],
      ['nationkey', BIGINT],
      ['phone', varchar(15)],
      ['acctbal', DOUBLE],
      ['comment', varchar(101)],
    ),
  },
};

/** Scale factors by schema. */
export const TPCH_SCALES: Record<string, number> = {
  tiny: 0.01,
  sf1: 1,
  sf100: 100,
  sf300: 300,
  sf1000: 1000,
  sf3000: 3000,
  sf10000: 10_000,
  sf30000: 30_000,
  sf100000: 100_000,
};

export const REGIONS = ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'];

/** Nations with the region each is in. */
export const NATIONS: [string, number][] = [
  ['ALGERIA', 0],
  ['ARGENTINA', 1],
  ['BRAZIL', 1],
  ['CANADA', 1],
  ['EGYPT', 4],
  ['ETHIOPIA', 0],
  ['FRANCE', 3],
  ['GERMANY', 3],
  ['INDIA', 2],
  ['INDONESIA', 2],
  ['IRAN', 4],
  ['IRAQ', 4],
  ['JAPAN', 2],
  ['JORDAN', 4],
  ['KENYA', 0],
  ['MOROCCO', 0],
  ['MOZAMBIQUE', 0],
  ['PERU', 1],
  ['CHINA', 2],
  ['ROMANIA', 3],
  ['SAUDI ARABIA', 4],
  ['VIETNAM', 2],
  ['RUSSIA', 3],
  ['UNITED KINGDOM', 3],
  ['UNITED STATES', 1],
];

/** Exact counts where they aren't a multiple of the scale. */
export const LINEITEM_ROWS: Record<string, number> = {
  tiny: 60_175,
  sf1: 6_001_215,
  sf100: 600_037_902,
};
