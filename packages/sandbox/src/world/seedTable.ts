import { type LakeCatalog } from '../catalogs/LakeCatalog';
import { type SqlValue } from '../sql/SqlValue';
import { type DataFile } from './DataFile';
import { IcebergTable } from './IcebergTable';
import { type CommitContext, type LakeTable } from './LakeTable';
import { type Random } from './Random';
import { type TableSeed } from './TableSeed';

interface SeedContext {
  catalog: LakeCatalog;
  random: Random;
  nowMs: number;
}

const MS_PER_HOUR = 3_600_000;
/** ANALYZE ends that long after the commit it looks at. */
const ANALYZE_MS = 4_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

function commitAt(
  seed: TableSeed,
  random: Random,
  nowMs: number,
): CommitContext {
  const stamp = new Date(nowMs).toISOString().replace(/\D/g, '');
  const number = String(random.between(0, 99_999)).padStart(5, '0');
  return {
    queryId: `${stamp.slice(0, 8)}_${stamp.slice(8, 14)}_${number}_seed0`,
    user: seed.writer,
    nowMs,
  };
}

function partitionValue(
  seed: TableSeed,
  index: number,
  nowMs: number,
): SqlValue[] {
  const { partition } = seed;
  if (!partition) {
    return [];
  }
  if (partition.values) {
    return [partition.values[index % partition.values.length]];
  }
  const today = Math.floor(nowMs / MS_PER_DAY);
  const days = partition.days ?? 1;
  return [{ kind: 'date', days: today - (days - 1) + (index % days) }];
}

function filesOfCommit(
  table: LakeTable,
  seed: TableSeed,
  options: { commit: number; random: Random; nowMs: number },
): DataFile[] {
  const { commit, random, nowMs } = options;
  const perCommit = Math.floor(seed.files / seed.commits);
  const extra = commit < seed.files % seed.commits ? 1 : 0;
  return Array.from({ length: perCommit + extra }, (_, i) => {
    const index = commit * perCommit + i;
    const vary = 0.6 + random.next() * 0.8;
    return table.syntheticFile({
      records: Math.max(1, Math.round(seed.rowsPerFile * vary)),
      sizeBytes: Math.round(seed.bytesPerFile * vary),
      partition: partitionValue(seed, index, nowMs),
    });
  });
}

function addDeletes(
  table: LakeTable,
  seed: TableSeed,
  context: CommitContext,
): void {
  if (!(table instanceof IcebergTable) || !seed.deleteFiles) {
    return;
  }
  const added = table.files.slice(0, seed.deleteFiles).map(
    (file): DataFile => ({
      ...file,
      path: file.path.replace('.parquet', '-deletes.parquet'),
      content: 1,
      records: Math.max(1, Math.round(file.records * 0.02)),
      sizeBytes: 4_200,
      parts: [],
    }),
  );
  table.overwrite(added, [], context);
}

/** Plays a table's past: its commits one after another, oldest first. */
export function seedTable(seed: TableSeed, context: SeedContext): void {
  const { catalog, random, nowMs } = context;
  const { schema, table: name, columns, comment } = seed;
  const spanMs = seed.ageDays * MS_PER_DAY;
  const lastMs = nowMs - seed.lastCommitHours * MS_PER_HOUR;
  const at = (share: number) =>
    commitAt(seed, random, Math.round(lastMs - spanMs * (1 - share)));
  const table = catalog.createTable(
    {
      name: { catalog: seed.catalog, schema, table: name },
      columns,
      comment,
      random,
      partitionFields: seed.partition
        ? [
            {
              name:
                seed.partition.transform === 'day'
                  ? `${columns[seed.partition.column].name}_day`
                  : columns[seed.partition.column].name,
              column: seed.partition.column,
              transform: seed.partition.transform,
            },
          ]
        : [],
    },
    at(0),
  );
  for (let commit = 0; commit < seed.commits; commit++) {
    const share = (commit + 1) / (seed.commits + (seed.deleteFiles ? 1 : 0));
    const files = filesOfCommit(table, seed, { commit, random, nowMs });
    table.append(files, at(share));
    if (seed.analyzedAfter === commit + 1) {
      const commitTime = at(share);
      table.analyze(seed.analyzedColumns, {
        ...commitTime,
        nowMs: commitTime.nowMs + ANALYZE_MS,
      });
    }
  }
  addDeletes(table, seed, at(1));
}
