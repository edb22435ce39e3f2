import { type Relation } from '../sql/Relation';
import { type SqlRow, type SqlValue } from '../sql/SqlValue';
import { daysOfDate } from '../sql/temporal';
import { scramble } from '../world/syntheticRows';
import { type TableColumn } from '../world/TableColumn';
import { type Catalog, type ResolvedTable, type TableListing } from './Catalog';
import {
  LINEITEM_ROWS,
  NATIONS,
  REGIONS,
  TPCH_SCALES,
  TPCH_TABLES,
} from './tpchTables';

const SAMPLE_ROWS = 4000;
const SAMPLE_THRESHOLD = 100_000;
const LINES_PER_ORDER = 4;
const FIRST_DAY = daysOfDate(1992, 1, 1);
const DAYS = 2406;
const WORDS =
  'furiously regular express deposits carefully final packages sleep quickly bold requests'.split(
    ' ',
  );
const KEYS: Record<string, string> = {
  customer: 'custkey',
  orders: 'orderkey',
  part: 'partkey',
  partsupp: 'partkey',
  supplier: 'suppkey',
};
const FOREIGN_KEYS: Record<string, string> = {
  custkey: 'customer',
  partkey: 'part',
  suppkey: 'supplier',
};

function rowsIn(schema: string, table: string): number {
  const { rows, fixed } = TPCH_TABLES[table];
  if (fixed) {
    return rows;
  }
  return table === 'lineitem' && Object.hasOwn(LINEITEM_ROWS, schema)
    ? LINEITEM_ROWS[schema]
    : Math.round(rows * TPCH_SCALES[schema]);
}

function valueOf(
  column: TableColumn,
  at: { row: number; salt: number; schema: string; table: string },
): SqlValue {
  const noise = scramble(at.row, at.salt);
  const { name, type } = column;
  if (name === KEYS[at.table]) {
    return BigInt(at.row + 1);
  }
  if (at.table === 'lineitem' && name === 'orderkey') {
    return BigInt(Math.floor(at.row / LINES_PER_ORDER) + 1);
  }
  if (at.table === 'lineitem' && name === 'linenumber') {
    return BigInt((at.row % LINES_PER_ORDER) + 1);
  }
  if (name === 'nationkey') {
    return BigInt(noise % NATIONS.length);
  }
  if (Object.hasOwn(FOREIGN_KEYS, name)) {
    return BigInt((noise % rowsIn(at.schema, FOREIGN_KEYS[name])) + 1);
  }
  switch (type.kind) {
    case 'bigint':
      return BigInt(noise % 1_000_000);
    case 'integer':
      return BigInt(noise % 50);
    case 'double':
      return (noise % 50_000_000) / 100;
    case 'date':
      return { kind: 'date', days: FIRST_DAY + (noise % DAYS) };
    default:
      return textOf(type.kind === 'varchar' ? type.length ?? 20 : 20, noise);
  }
}

function textOf(length: number, noise: number): string {
  if (length <= 1) {
    return 'FOPR'[noise % 4];
  }
  return [0, 1, 2]
    .map(i => WORDS[scramble(noise, i) % WORDS.length])
    .join(' ')
    .slice(0, length);
}

function rowAt(schema: string, table: string, row: number): SqlRow {
  if (table === 'nation') {
    const [name, region] = NATIONS[row];
    return [BigInt(row), name, BigInt(region), textOf(152, row)];
  }
  if (table === 'region') {
    return [BigInt(row), REGIONS[row], textOf(152, row)];
  }
  return TPCH_TABLES[table].columns.map((column, salt) =>
    valueOf(column, { row, salt, schema, table }),
  );
}

/** The tpch connector: made-up rows at any scale, none of them stored. */
export class TpchCatalog implements Catalog {
  readonly name = 'tpch';
  readonly connector = 'tpch';

  schemas(): string[] {
    return Object.keys(TPCH_SCALES).sort();
  }

  tables(schema: string): TableListing[] {
    return Object.hasOwn(TPCH_SCALES, schema)
      ? Object.entries(TPCH_TABLES).map(([name, { columns }]) => ({
          name,
          columns,
        }))
      : [];
  }

  find(schema: string, table: string): ResolvedTable | undefined {
    const known =
      Object.hasOwn(TPCH_SCALES, schema) && Object.hasOwn(TPCH_TABLES, table);
    if (!known) {
      return undefined;
    }
    const { columns } = TPCH_TABLES[table];
    const total = rowsIn(schema, table);
    return {
      columns,
      relation: this.relation(schema, table, total),
      use: {
        connector: 'tpch',
        catalog: 'tpch',
        schema,
        table,
        columns,
        rows: total,
        bytes: 0,
      },
    };
  }

  private relation(schema: string, table: string, total: number): Relation {
    function* rows(count = total): Iterable<SqlRow> {
      for (let i = 0; i < count; i++) {
        yield rowAt(schema, table, i);
      }
    }
    const qualifier = [this.name, schema, table];
    const { columns } = TPCH_TABLES[table];
    // Samples of related tables hold the same orders, so that joins meet.
    const size =
      table === 'lineitem' ? SAMPLE_ROWS * LINES_PER_ORDER : SAMPLE_ROWS;
    return {
      fields: columns.map(({ name, type }) => ({ name, type, qualifier })),
      rows: () => rows(),
      rowCount: BigInt(total),
      sample:
        total > SAMPLE_THRESHOLD
          ? {
              rows: () => rows(size),
              scale: BigInt(Math.round(total / size)),
            }
          : undefined,
    };
  }
}
