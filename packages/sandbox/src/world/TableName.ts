/** A table's full name. */
export interface TableName {
  catalog: string;
  schema: string;
  table: string;
}
