import { type SqlType } from '../sql/SqlType';

export interface TableColumn {
  name: string;
  type: SqlType;
  comment?: string;
}

/** Columns from names and types. */
export function columns(...pairs: [string, SqlType][]): TableColumn[] {
  return pairs.map(([name, type]) => ({ name, type }));
}

/** A partition field: the column as it is, or its day. */
export interface PartitionField {
  name: string;
  column: number;
  transform: 'identity' | 'day';
}
