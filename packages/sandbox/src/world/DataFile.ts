import { type SqlRow, type SqlValue } from '../sql/SqlValue';

/** Rows of a file: those really inserted, or a run of made-up ones. */
export type RowPart =
  | { kind: 'stored'; rows: SqlRow[] }
  | { kind: 'synthetic'; first: number; count: number };

/** Content of an Iceberg file, numbered as in `$files.content`. */
export type FileContent = 0 | 1 | 2;

export interface DataFile {
  path: string;
  content: FileContent;
  /** One value for each partition field of the table. */
  partition: SqlValue[];
  records: number;
  sizeBytes: number;
  parts: RowPart[];
  /** The commit that added it. */
  snapshotId: bigint;
}

export function countRecords(files: Iterable<DataFile>): number {
  let total = 0;
  for (const file of files) {
    total += file.content === 0 ? file.records : 0;
  }
  return total;
}

export function totalBytes(files: Iterable<DataFile>): number {
  let total = 0;
  for (const file of files) {
    total += file.sizeBytes;
  }
  return total;
}
