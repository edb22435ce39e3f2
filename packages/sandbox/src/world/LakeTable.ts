import { listKey } from '../sql/compareValues';
import { type Relation } from '../sql/Relation';
import { type SqlRow, type SqlValue } from '../sql/SqlValue';
import { dateOfTimestamp } from '../sql/temporal';
import { countRecords, type DataFile } from './DataFile';
import { type TableName } from './TableName';
import { RowSynthesizer } from './syntheticRows';
import { type PartitionField, type TableColumn } from './TableColumn';
import { type Random } from './Random';
import { tableRelation } from './tableRelation';

/** Who commits, why and when: what a commit remembers of its query. */
export interface CommitContext {
  queryId: string;
  user: string;
  nowMs: number;
}

export interface LakeTableOptions {
  name: TableName;
  columns: TableColumn[];
  partitionFields?: PartitionField[];
  properties?: [string, string][];
  comment?: string;
  random: Random;
}

/** Distinct values by column, as known from a commit on. */
interface StatisticsEntry {
  sequence: number;
  distinctValues: ReadonlyMap<string, number>;
}

/** What OPTIMIZE would rewrite: the files of one partition. */
export interface RewriteGroup {
  partition: SqlValue[];
  files: DataFile[];
}

export interface RewriteOptions {
  thresholdBytes: number;
  /** Keeps only partitions for which this holds. */
  matches?: (partition: SqlValue[]) => boolean;
}

const RANGE_SAMPLE = 8;
const BYTES_PER_STORED_ROW = 24;
const MIN_FILE_BYTES = 430;
const STATISTICS_LOG_LIMIT = 50;

/** A table made of data files; its formats add what a commit leaves behind. */
export abstract class LakeTable {
  readonly name: TableName;
  readonly columns: TableColumn[];
  readonly partitionFields: PartitionField[];
  readonly properties: Map<string, string>;
  readonly comment: string | undefined;
  readonly location: string;
  private statisticsLog: StatisticsEntry[] = [];
  protected readonly random: Random;
  protected liveFiles: DataFile[] = [];
  private readonly synthesizer: RowSynthesizer;
  private nextSynthetic = 1;

  protected constructor(options: LakeTableOptions) {
    this.name = options.name;
    this.columns = options.columns;
    this.partitionFields = options.partitionFields ?? [];
    this.properties = new Map(options.properties ?? []);
    this.comment = options.comment;
    this.random = options.random;
    this.synthesizer = new RowSynthesizer(this.columns, this.partitionFields);
    const { schema, table } = options.name;
    const suffix = this.random.hexText(32);
    this.location = `s3://lakehouse/warehouse/${schema}/${encodeURIComponent(
      table,
    )}-${suffix}`;
  }

  get files(): readonly DataFile[] {
    return this.liveFiles;
  }

  get records(): number {
    return countRecords(this.liveFiles);
  }

  abstract readonly currentCommit: bigint | undefined;

  /** Grows with each commit. */
  abstract readonly sequence: number;

  abstract append(files: DataFile[], context: CommitContext): void;

  /** Takes whole files away, as a DELETE of partitions does. */
  abstract remove(files: DataFile[], context: CommitContext): void;

  abstract rewrite(
    groups: RewriteGroup[],
    merged: DataFile[],
    context: CommitContext,
  ): void;

  /** Computes column statistics as ANALYZE does; all columns by default. */
  analyze(columns: string[] | undefined, context: CommitContext): void {
    const distinctValues = new Map(this.distinctValuesAt());
    for (const { name } of this.columns) {
      if (!columns || columns.includes(name)) {
        distinctValues.set(name, this.countDistinct(name));
      }
    }
    const { sequence } = this;
    this.statisticsLog = [
      ...this.statisticsLog.slice(-STATISTICS_LOG_LIMIT),
      { sequence, distinctValues },
    ];
    this.statisticsWritten(context);
  }

  /** Distinct values by column as they were known at a commit, now by default. */
  distinctValuesAt(sequence = Infinity): ReadonlyMap<string, number> {
    return (
      this.statisticsLog.findLast(entry => entry.sequence <= sequence)
        ?.distinctValues ?? new Map()
    );
  }

  /** Forgets all statistics, as drop_extended_stats does. */
  dropStatistics(context: CommitContext): void {
    this.statisticsLog = [];
    this.statisticsWritten(context);
  }

  protected abstract statisticsWritten(context: CommitContext): void;

  /** A new data file of made-up rows. */
  syntheticFile(options: {
    records: number;
    sizeBytes: number;
    partition: SqlValue[];
    snapshotId?: bigint;
  }): DataFile {
    const { records, sizeBytes, partition } = options;
    const first = this.nextSynthetic;
    this.nextSynthetic += records;
    return {
      path: this.newPath(partition),
      content: 0,
      partition,
      records,
      sizeBytes,
      parts: [{ kind: 'synthetic', first, count: records }],
      snapshotId: options.snapshotId ?? 0n,
    };
  }

  /** One data file for each partition that inserted rows fall into. */
  filesOf(rows: SqlRow[]): DataFile[] {
    const groups = new Map<string, { partition: SqlValue[]; rows: SqlRow[] }>();
    for (const row of rows) {
      const partition = this.partitionOf(row);
      const key = listKey(partition);
      const group = groups.get(key) ?? { partition, rows: [] };
      groups.set(key, group);
      group.rows.push(row);
    }
    return [...groups.values()].map(group => ({
      path: this.newPath(group.partition),
      content: 0,
      partition: group.partition,
      records: group.rows.length,
      sizeBytes:
        MIN_FILE_BYTES +
        group.rows.length * this.columns.length * BYTES_PER_STORED_ROW,
      parts: [{ kind: 'stored', rows: group.rows }],
      snapshotId: 0n,
    }));
  }

  /**
   * Files below the threshold, by partition. A partition's single file is
   * left alone unless delete files apply to it (as OPTIMIZE does).
   */
  rewriteGroups(options: RewriteOptions): RewriteGroup[] {
    const groups = new Map<string, RewriteGroup>();
    for (const file of this.liveFiles) {
      const chosen = options.matches?.(file.partition) ?? true;
      const small =
        file.content !== 0 || file.sizeBytes < options.thresholdBytes;
      if (chosen && small) {
        const key = listKey(file.partition);
        const group = groups.get(key) ?? {
          partition: file.partition,
          files: [],
        };
        groups.set(key, group);
        group.files.push(file);
      }
    }
    return [...groups.values()].filter(({ files }) => files.length > 1);
  }

  /** Merges each group into as few files as the target size allows. */
  mergedFiles(groups: RewriteGroup[]): DataFile[] {
    return groups.flatMap(({ partition, files }) => {
      const data = files.filter(file => file.content === 0);
      if (data.length === 0) {
        return [];
      }
      const bytes = data.reduce((sum, file) => sum + file.sizeBytes, 0);
      return [
        {
          path: this.newPath(partition),
          content: 0,
          partition,
          records: countRecords(data),
          sizeBytes: Math.max(MIN_FILE_BYTES, Math.round(bytes * 0.93)),
          parts: data.flatMap(file => file.parts),
          snapshotId: 0n,
        },
      ];
    });
  }

  /** The table's rows, or those of an older commit's files. */
  relation(files: readonly DataFile[] = this.liveFiles): Relation {
    const { name, columns, synthesizer } = this;
    return tableRelation({ name, columns, synthesizer, files });
  }

  /** Values of one column in a few rows of a file. */
  sampleColumn(file: DataFile, column: number): SqlValue[] {
    return this.synthesizer
      .sampleOf(file, RANGE_SAMPLE)
      .map(row => row[column]);
  }

  protected newPath(partition: SqlValue[]): string {
    const folder = this.partitionFields
      .map(({ name }, i) => `${name}=${pathText(partition[i])}/`)
      .join('');
    return `${this.location}/data/${folder}${this.random.uuid()}.parquet`;
  }

  private partitionOf(row: SqlRow): SqlValue[] {
    return this.partitionFields.map(({ column, transform }) => {
      const value = row[column];
      return transform === 'day' &&
        typeof value === 'object' &&
        value.kind === 'timestamp'
        ? dateOfTimestamp(value)
        : value;
    });
  }

  private countDistinct(name: string): number {
    const column = this.columns.findIndex(c => c.name === name);
    const sample = this.liveFiles
      .filter(file => file.content === 0)
      .flatMap(file => this.sampleColumn(file, column))
      .filter(value => value !== undefined);
    const distinct = new Set(sample.map(value => listKey([value]))).size;
    const unique = sample.length > 0 && distinct > sample.length * 0.9;
    return unique ? Math.max(distinct, this.records) : distinct;
  }
}

function pathText(value: SqlValue): string {
  if (typeof value === 'object' && value.kind === 'date') {
    return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  }
  return value === undefined ? 'null' : encodeURIComponent(String(value));
}
