/** A table as one commit left it. What is not known is absent. */
export interface TableVersion {
  /** Snapshot id; for Delta the version. */
  readonly id: string;
  readonly parentId?: string;
  readonly operation?: string;
  readonly committedAt?: Date;
  readonly user?: string;
  /** The Trino query that committed it. */
  readonly queryId?: string;
  readonly dataFiles?: number;
  readonly sizeBytes?: number;
  readonly records?: number;
  readonly deleteFiles?: number;
}

/** The commits of a table, whatever its format. */
export interface TableHistory {
  readonly format: 'iceberg' | 'delta';
  /** @throws TrinoQueryError when there is no such table */
  current(signal: AbortSignal): Promise<TableVersion>;
  /** The commit of a Trino query; undefined when there is none (any more). */
  committedBy(
    queryId: string,
    signal: AbortSignal,
  ): Promise<TableVersion | undefined>;
  /** One commit; undefined when it is not known (any more). */
  version(id: string, signal: AbortSignal): Promise<TableVersion | undefined>;
}
