import type { TableRef } from '../entities';
import type { Gap } from './gap';

/** Worst first: breached, at-risk, unknown, healthy. @public */
export type HealthStatus = 'healthy' | 'at-risk' | 'breached' | 'unknown';

/** @public */
export interface FileSizeBin {
  readonly fromBytes: number;
  /** Absent on the last bin. */
  readonly toBytes?: number;
  readonly files: number;
  readonly sizeBytes: number;
}

/** One part of a table's score. @public */
export interface ScorePart {
  readonly id:
    | 'small-files'
    | 'delete-files'
    | 'snapshots'
    | 'manifests'
    | 'statistics'
    | 'metadata';
  readonly label: string;
  /** Share of the whole score, 0 to 1. Parts that were observed sum to 1. */
  readonly weight: number;
  /** 0 (worst) to 100; absent when it was not observed. */
  readonly score?: number;
  /** One sentence with the figures that led to it. */
  readonly explanation: string;
}

/** Statistics of one column. @public */
export interface ColumnStatistics {
  readonly column: string;
  readonly distinctValues?: number;
  readonly nullsFraction?: number;
  readonly dataSizeBytes?: number;
  readonly low?: string;
  readonly high?: string;
}

/** @public */
export interface TableHealth {
  readonly ref: TableRef;
  readonly format: 'iceberg' | 'delta';
  /** ISO time of the look that this is from. */
  readonly inspectedAt: string;
  /** `summary`: cheap facts only. `full`: data files were read as well. */
  readonly depth: 'summary' | 'full';
  readonly score?: number;
  readonly status: HealthStatus;
  readonly parts: readonly ScorePart[];
  readonly snapshot?: {
    /** 64-bit id, as a string. For Delta the version. */
    readonly id: string;
    readonly committedAt: string;
    readonly operation?: string;
    readonly user?: string;
    readonly queryId?: string;
  };
  readonly totals?: {
    readonly dataFiles: number;
    readonly sizeBytes: number;
    readonly records?: number;
    readonly deleteFiles?: number;
  };
  readonly files?: {
    /** Snapshot that the files were counted at; older than `snapshot` when not counted again since. */
    readonly snapshotId: string;
    readonly countedAt: string;
    readonly bins: readonly FileSizeBin[];
    /** Files under `smallFileBytes`. */
    readonly smallFiles: number;
    readonly smallFileBytes: number;
    readonly totalFiles: number;
  };
  readonly snapshots?: {
    readonly count: number;
    readonly oldestAt: string;
    readonly newestAt: string;
  };
  readonly manifests?: { readonly count: number; readonly sizeBytes: number };
  readonly metadataFiles?: number;
  readonly partitions?: {
    readonly count: number;
    /** Most fragmented first, at most 20. */
    readonly worst: ReadonlyArray<{
      readonly partition: string;
      readonly files: number;
      readonly sizeBytes: number;
    }>;
  };
  readonly statistics?: {
    readonly state: 'fresh' | 'stale' | 'none';
    /** When they were last collected, as far as is known. */
    readonly collectedAt?: string;
    /** Share of rows written after that, 0 to 1. */
    readonly rowsSinceShare?: number;
    readonly columns: readonly ColumnStatistics[];
  };
  /** What compaction is expected to gain. */
  readonly compaction?: {
    readonly filesBefore: number;
    readonly filesAfter: number;
    readonly bytesRewritten: number;
  };
  readonly gaps: readonly Gap[];
}

/** A point of a table's history. @public */
export interface TableHistoryPoint {
  readonly inspectedAt: string;
  readonly score?: number;
  readonly dataFiles?: number;
  readonly smallFiles?: number;
  readonly snapshots?: number;
  readonly sizeBytes?: number;
}

/** @public */
export interface TableView {
  readonly health: TableHealth;
  /** Oldest first. */
  readonly history: readonly TableHistoryPoint[];
  readonly staleAfterSeconds: number;
}

/** @public */
export interface TablePage {
  readonly items: readonly TableHealth[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly staleAfterSeconds: number;
  /** Of the sweep as a whole. */
  readonly gaps: readonly Gap[];
  /** Absent until a sweep has ended. */
  readonly sweptAt?: string;
}

/** @public */
export interface TablePageRequest {
  readonly connection?: string;
  /** Part of the name, compared without case. */
  readonly text?: string;
  readonly status?: HealthStatus;
  readonly sort?: 'score' | 'name' | 'dataFiles' | 'sizeBytes' | 'committedAt';
  readonly order?: 'asc' | 'desc';
  /** 1 to 200, 50 unless told. */
  readonly limit?: number;
  readonly offset?: number;
}
