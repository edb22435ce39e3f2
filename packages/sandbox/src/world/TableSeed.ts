import { type SqlValue } from '../sql/SqlValue';
import { type TableColumn } from './TableColumn';

/** A demo table and the past it is given. */
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
