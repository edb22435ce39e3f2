import { type SqlType } from '../sql/SqlType';
import { type SqlRow, type SqlValue } from '../sql/SqlValue';
import { MICROS_PER_DAY } from '../sql/temporal';
import { type DataFile } from './DataFile';
import { type PartitionField, type TableColumn } from './TableColumn';

const WORDS =
  'amber birch cedar delta ember fjord grove haven iris juniper kelp lotus maple north ocean pearl quartz river slate tidal'.split(
    ' ',
  );
const EPOCH_DAY = 20_400;
const GOLDEN = 0x9e3779b1;

/** The same number for the same row and column, whenever it is asked. */
export function scramble(row: number, salt: number): number {
  let x = Math.imul(row + 1, GOLDEN) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 0;
}

function syntheticValue(
  column: { type: SqlType; name: string },
  row: number,
  salt: number,
): SqlValue {
  const noise = scramble(row, salt);
  switch (column.type.kind) {
    case 'boolean':
      return noise % 2 === 0;
    case 'tinyint':
    case 'smallint':
    case 'integer':
      return BigInt(noise % 100);
    case 'bigint':
      return /(^id|key|_id)$/.test(column.name)
        ? BigInt(row)
        : BigInt(noise % 1_000_000);
    case 'real':
    case 'double':
      return (noise % 1_000_000) / 100;
    case 'decimal':
      return {
        kind: 'decimal',
        unscaled: BigInt(noise % 1_000_000),
        scale: column.type.scale,
      };
    case 'date':
      return { kind: 'date', days: EPOCH_DAY + (noise % 365) };
    case 'timestamp':
      return {
        kind: 'timestamp',
        micros:
          BigInt(EPOCH_DAY + (noise % 365)) * MICROS_PER_DAY +
          BigInt(scramble(noise, salt)) * 20n,
      };
    case 'varchar':
    case 'char':
      return `${WORDS[noise % WORDS.length]}-${scramble(noise, salt) % 10_000}`;
    default:
      return undefined;
  }
}

/** Makes up a table's rows so that they always agree with its files. */
export class RowSynthesizer {
  constructor(
    private readonly columns: TableColumn[],
    private readonly partitionFields: PartitionField[],
  ) {}

  row(index: number, partition: SqlValue[]): SqlRow {
    const row = this.columns.map((column, i) =>
      syntheticValue(column, index, i),
    );
    this.partitionFields.forEach((field, i) => {
      const value = partition[i];
      row[field.column] =
        field.transform === 'day' &&
        typeof value === 'object' &&
        value.kind === 'date'
          ? dayMoment(value.days, scramble(index, field.column))
          : value;
    });
    return row;
  }

  *rowsOf(file: DataFile): Iterable<SqlRow> {
    for (const part of file.parts) {
      if (part.kind === 'stored') {
        yield* part.rows;
      } else {
        for (let i = 0; i < part.count; i++) {
          yield this.row(part.first + i, file.partition);
        }
      }
    }
  }

  /** A few rows spread over the file, enough to tell its value ranges. */
  sampleOf(file: DataFile, size: number): SqlRow[] {
    // A compacted file has a part for each file that it was made of.
    const perPart = Math.max(1, Math.ceil(size / (file.parts.length || 1)));
    return file.parts.flatMap(part => {
      if (part.kind === 'stored') {
        return part.rows;
      }
      const step = Math.max(1, Math.floor(part.count / perPart));
      const rows: SqlRow[] = [];
      for (let i = 0; i < part.count && rows.length < perPart; i += step) {
        rows.push(this.row(part.first + i, file.partition));
      }
      return rows;
    });
  }
}

function dayMoment(days: number, noise: number): SqlValue {
  const ofDay = (BigInt(noise) * MICROS_PER_DAY) / 2n ** 32n;
  return { kind: 'timestamp', micros: BigInt(days) * MICROS_PER_DAY + ofDay };
}
