import { countRecords, type DataFile, totalBytes } from './DataFile';
import {
  type CommitContext,
  LakeTable,
  type LakeTableOptions,
  type RewriteGroup,
} from './LakeTable';

export interface DeltaVersion {
  version: number;
  committedAtMs: number;
  user: string;
  operation: string;
  parameters: [string, string][];
  metrics: [string, string][];
  blindAppend: boolean;
}

/** A Delta Lake table and its log. */
export class DeltaTable extends LakeTable {
  readonly versions: DeltaVersion[] = [];

  private constructor(options: LakeTableOptions) {
    super(options);
  }

  static create(options: LakeTableOptions, context: CommitContext): DeltaTable {
    const table = new DeltaTable(options);
    table.commit('CREATE TABLE', { added: [], removed: [] }, context);
    return table;
  }

  get currentCommit(): bigint | undefined {
    const last = this.versions.at(-1);
    return last && BigInt(last.version);
  }

  get sequence(): number {
    return this.versions.length;
  }

  append(files: DataFile[], context: CommitContext): void {
    this.commit('WRITE', { added: files, removed: [] }, context);
  }

  remove(files: DataFile[], context: CommitContext): void {
    this.commit('DELETE', { added: [], removed: files }, context);
  }

  rewrite(
    groups: RewriteGroup[],
    merged: DataFile[],
    context: CommitContext,
  ): void {
    const removed = groups.flatMap(({ files }) => files);
    this.commit('OPTIMIZE', { added: merged, removed }, context);
  }

  protected statisticsWritten(): void {
    // Delta keeps extended statistics beside the log: no new version.
  }

  private commit(
    operation: string,
    change: { added: DataFile[]; removed: DataFile[] },
    context: CommitContext,
  ): void {
    const { added, removed } = change;
    const version = this.versions.length;
    const gone = new Set(removed);
    for (const file of added) {
      file.snapshotId = BigInt(version);
    }
    this.liveFiles = [
      ...this.liveFiles.filter(file => !gone.has(file)),
      ...added,
    ];
    this.versions.push({
      version,
      committedAtMs: context.nowMs,
      user: context.user,
      operation,
      parameters: [['queryId', context.queryId]],
      metrics:
        operation === 'CREATE TABLE'
          ? []
          : [
              ['numFiles', String(added.length)],
              ['numOutputRows', String(countRecords(added))],
              ['numOutputBytes', String(totalBytes(added))],
              ['numRemovedFiles', String(removed.length)],
            ],
      blindAppend: operation === 'WRITE',
    });
  }
}
