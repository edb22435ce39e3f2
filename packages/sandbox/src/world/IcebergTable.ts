import { compareValues, listKey } from '../sql/compareValues';
import { type SqlValue } from '../sql/SqlValue';
import { countRecords, type DataFile } from './DataFile';
import {
  type CommitContext,
  LakeTable,
  type LakeTableOptions,
  type RewriteGroup,
} from './LakeTable';
import { snapshotSummary, type TableChange } from './snapshotSummary';

export interface Snapshot {
  id: bigint;
  parentId: bigint | undefined;
  committedAtMs: number;
  operation: TableChange['operation'];
  manifestList: string;
  summary: [string, string][];
  sequenceNumber: number;
  /** The table's files as of this commit. */
  files: readonly DataFile[];
}

export interface Manifest {
  path: string;
  lengthBytes: number;
  addedSnapshotId: bigint;
  addedFiles: number;
  addedRows: number;
  existingFiles: number;
  existingRows: number;
  deletedFiles: number;
  deletedRows: number;
  /** Least and greatest value of each partition field. */
  bounds: { low: SqlValue; high: SqlValue }[];
}

export interface MetadataLogEntry {
  atMs: number;
  file: string;
  snapshotId: bigint | undefined;
  sequenceNumber: number;
}

/** `commit.manifest.min-count-to-merge`, Iceberg's default. */
const MANIFESTS_TO_MERGE = 100;
/** `write.metadata.previous-versions-max` and the current one. */
const METADATA_LOG_LIMIT = 101;
const MANIFEST_BASE_BYTES = 6_900;
const MANIFEST_ENTRY_BYTES = 96;

/** An Iceberg table with its snapshots, manifests and metadata log. */
export class IcebergTable extends LakeTable {
  snapshots: Snapshot[] = [];
  manifests: Manifest[] = [];
  metadataLog: MetadataLogEntry[] = [];
  orphanFiles = 0;
  private commits = 0;
  private metadataVersion = 0;

  private constructor(options: LakeTableOptions) {
    super(options);
  }

  /** A new table: like CREATE TABLE, its first snapshot is empty. */
  static create(
    options: LakeTableOptions,
    context: CommitContext,
  ): IcebergTable {
    const table = new IcebergTable(options);
    table.commit({ operation: 'append', added: [], removed: [] }, context);
    return table;
  }

  get currentSnapshot(): Snapshot | undefined {
    return this.snapshots.at(-1);
  }

  get sequence(): number {
    return this.commits;
  }

  get currentCommit(): bigint | undefined {
    return this.currentSnapshot?.id;
  }

  append(files: DataFile[], context: CommitContext): void {
    this.commit({ operation: 'append', added: files, removed: [] }, context);
  }

  remove(files: DataFile[], context: CommitContext): void {
    this.commit({ operation: 'delete', added: [], removed: files }, context);
  }

  /** Adds delete files (content 1 or 2), as an UPDATE or MERGE does. */
  overwrite(added: DataFile[], removed: DataFile[], context: CommitContext) {
    this.commit({ operation: 'overwrite', added, removed }, context);
  }

  rewrite(
    groups: RewriteGroup[],
    merged: DataFile[],
    context: CommitContext,
  ): void {
    const removed = groups.flatMap(({ files }) => files);
    this.commit({ operation: 'replace', added: merged, removed }, context);
  }

  /** Writes manifests again, one for each partition; answers how many there are. */
  optimizeManifests(context: CommitContext): number {
    const groups = new Map<string, DataFile[]>();
    for (const file of this.liveFiles) {
      const key = listKey(file.partition);
      groups.set(key, [...(groups.get(key) ?? []), file]);
    }
    const snapshot = this.commit(
      {
        operation: 'replace',
        added: [],
        removed: [],
        manifests: { created: groups.size, replaced: this.manifests.length },
      },
      context,
    );
    this.manifests = [...groups.values()].map(files =>
      this.manifest(snapshot.id, { existing: files }),
    );
    return this.manifests.length;
  }

  /** Forgets snapshots older than the cutoff, never the current one. */
  expireSnapshots(olderThanMs: number): number {
    const before = this.snapshots.length;
    const { currentSnapshot } = this;
    this.snapshots = this.snapshots.filter(
      s => s === currentSnapshot || s.committedAtMs >= olderThanMs,
    );
    const expired = before - this.snapshots.length;
    if (expired > 0) {
      this.log(Math.max(...this.snapshots.map(s => s.committedAtMs)));
    }
    return expired;
  }

  /** Forgets the oldest snapshots beyond so many. */
  keepNewestSnapshots(count: number): void {
    this.snapshots = this.snapshots.slice(-count);
  }

  protected statisticsWritten(context: CommitContext): void {
    this.log(context.nowMs);
  }

  private commit(change: TableChange, context: CommitContext): Snapshot {
    const id = this.random.id();
    const { added, removed } = change;
    const gone = new Set(removed);
    for (const file of added) {
      file.snapshotId = id;
    }
    this.liveFiles = [
      ...this.liveFiles.filter(file => !gone.has(file)),
      ...added,
    ];
    const snapshot: Snapshot = {
      id,
      parentId: this.currentSnapshot?.id,
      committedAtMs: context.nowMs,
      operation: change.operation,
      manifestList: `${
        this.location
      }/metadata/snap-${id}-1-${this.random.uuid()}.avro`,
      summary: snapshotSummary({ change, live: this.liveFiles, context }),
      sequenceNumber: ++this.commits,
      files: this.liveFiles,
    };
    this.snapshots.push(snapshot);
    this.writeManifests(id, change);
    this.log(context.nowMs);
    return snapshot;
  }

  private writeManifests(snapshotId: bigint, change: TableChange): void {
    const { added, removed } = change;
    if (removed.length > 0) {
      const kept = this.liveFiles.filter(file => !added.includes(file));
      this.manifests = [
        ...(kept.length > 0
          ? [this.manifest(snapshotId, { existing: kept, deleted: removed })]
          : [this.manifest(snapshotId, { deleted: removed })]),
      ];
    }
    if (added.length > 0) {
      this.manifests.unshift(this.manifest(snapshotId, { added }));
    }
    if (this.manifests.length >= MANIFESTS_TO_MERGE) {
      this.manifests = [
        this.manifest(snapshotId, { existing: this.liveFiles }),
      ];
    }
  }

  private manifest(
    addedSnapshotId: bigint,
    files: { added?: DataFile[]; existing?: DataFile[]; deleted?: DataFile[] },
  ): Manifest {
    const { added = [], existing = [], deleted = [] } = files;
    const entries = added.length + existing.length + deleted.length;
    return {
      path: `${this.location}/metadata/${this.random.uuid()}-m0.avro`,
      lengthBytes: MANIFEST_BASE_BYTES + entries * MANIFEST_ENTRY_BYTES,
      addedSnapshotId,
      addedFiles: added.length,
      addedRows: countRecords(added),
      existingFiles: existing.length,
      existingRows: countRecords(existing),
      deletedFiles: deleted.length,
      deletedRows: countRecords(deleted),
      bounds: this.partitionFields.map((_, i) =>
        valueBounds([...added, ...existing].map(file => file.partition[i])),
      ),
    };
  }

  private log(atMs: number): void {
    const version = String(this.metadataVersion++).padStart(5, '0');
    this.metadataLog.push({
      atMs,
      file: `${
        this.location
      }/metadata/${version}-${this.random.uuid()}.metadata.json`,
      snapshotId: this.currentSnapshot?.id,
      sequenceNumber: this.commits,
    });
    this.metadataLog = this.metadataLog.slice(-METADATA_LOG_LIMIT);
  }
}

function valueBounds(values: SqlValue[]): { low: SqlValue; high: SqlValue } {
  let [low] = values;
  let [high] = values;
  for (const value of values) {
    low = compareValues(value, low) < 0 ? value : low;
    high = compareValues(value, high) > 0 ? value : high;
  }
  return { low, high };
}
