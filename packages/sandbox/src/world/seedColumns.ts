import {
  BIGINT,
  DATE,
  DOUBLE,
  INTEGER,
  type SqlType,
  VARCHAR,
} from '../sql/SqlType';
import { columns } from './TableColumn';

export const MB = 1024 * 1024;
export const TIMESTAMP: SqlType = {
  kind: 'timestamp',
  precision: 6,
  zoned: true,
};

export const ORDERS = columns(
  ['orderkey', BIGINT],
  ['custkey', BIGINT],
  ['orderstatus', VARCHAR],
  ['totalprice', DOUBLE],
  ['orderdate', DATE],
  ['clerk', VARCHAR],
);
export const EVENTS = columns(
  ['event_id', BIGINT],
  ['user_id', BIGINT],
  ['kind', VARCHAR],
  ['occurred_at', TIMESTAMP],
  ['payload', VARCHAR],
);
export const SALES = columns(
  ['day', DATE],
  ['store_id', BIGINT],
  ['product_id', BIGINT],
  ['quantity', INTEGER],
  ['revenue', { kind: 'decimal', precision: 18, scale: 2 }],
);
export const CUSTOMERS = columns(
  ['custkey', BIGINT],
  ['name', VARCHAR],
  ['phone', VARCHAR],
  ['acctbal', DOUBLE],
  ['mktsegment', VARCHAR],
  ['nationkey', BIGINT],
);
