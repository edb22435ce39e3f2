import { type SqlType } from '../sql/SqlType';

export interface TableColumn {
  name: string;
  type: SqlType;
  comment?: string;
}

/** A partition field: the column as it is, or its day. */
export interface PartitionField {
  name: string;
  column: number;
  transform: 'identity' | 'day';
}
