import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoValue } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { CompactionGain, compactionGain } from '../../../health/compactionGain';
import { fileSizeBins } from '../../../health/fileSizeBins';
import {
  COMPACT_BELOW_BYTES,
  FILE_SIZE_BIN_STARTS,
} from '../../../health/thresholds';
import { values } from '../values';
import { formatPartition } from './formatPartition';
import type { RunTableStatement } from './TableInspector';

/** Partitions whose candidates are counted one by one, those with most first. */
const MAX_PARTITIONS = 2_000;
const MAX_WORST = 20;

export interface DataFiles {
  readonly totalFiles: number;
  readonly sizeBytes: number;
  readonly deleteFiles: number;
  readonly files: Pick<
    NonNullable<TableHealth['files']>,
    'bins' | 'smallFiles' | 'smallFileBytes' | 'totalFiles'
  >;
  readonly partitions?: NonNullable<TableHealth['partitions']>;
  readonly compaction: CompactionGain;
}

const rowSchema = z
  .object({
    whole: values.number,
    groups: values.number,
    files: values.number,
    size: values.number,
    delete_files: values.number,
    small_files: values.number,
    candidate_files: values.number,
    candidate_size: values.number,
  })
  .catchall(z.unknown());

/**
 * Counts a table's files by size and partition in one statement, on the server.
 *
 * @param options.source - a relation with the columns content (0 for data), size and, when partitioned, partition
 */
export async function readDataFiles(options: {
  source: string;
  partitioned: boolean;
  smallFileBytes: number;
  run: RunTableStatement;
}): Promise<DataFiles> {
  const { smallFileBytes } = options;
  const { rows, columns } = await options.run(toSql(options));
  const groups = rows.map(row => ({
    ...rowSchema.parse(row),
    partition: formatPartition(
      row.partition,
      columns.find(column => column.name === 'partition'),
    ),
    row,
  }));
  const whole = groups.find(group => group.whole === 1);
  const parts = groups.filter(group => group.whole === 0);
  if (!whole) {
    return {
      totalFiles: 0,
      sizeBytes: 0,
      deleteFiles: 0,
      files: {
        bins: fileSizeBins([]),
        smallFiles: 0,
        smallFileBytes,
        totalFiles: 0,
      },
      compaction: compactionGain({ totalFiles: 0, partitions: [] }),
    };
  }
  return {
    totalFiles: whole.files,
    sizeBytes: whole.size,
    deleteFiles: whole.delete_files,
    files: {
      bins: fileSizeBins(
        FILE_SIZE_BIN_STARTS.map((_, index) => binOf(whole.row, index)),
      ),
      smallFiles: whole.small_files,
      smallFileBytes,
      totalFiles: whole.files,
    },
    partitions: options.partitioned
      ? {
          count: whole.groups - 1,
          worst: [...parts]
            .sort((a, b) => b.files - a.files || b.size - a.size)
            .slice(0, MAX_WORST)
            .map(part => ({
              partition: part.partition,
              files: part.files,
              sizeBytes: part.size,
            })),
        }
      : undefined,
    compaction: compactionGain({
      totalFiles: whole.files,
      partitions: (options.partitioned ? parts : [whole]).map(part => ({
        files: part.candidate_files,
        sizeBytes: part.candidate_size,
      })),
    }),
  };
}

const below = (bytes: number) => `content = 0 AND size < ${bytes}`;
const counted = (name: string, where: string) =>
  `count(*) FILTER (WHERE ${where}) AS ${name}`;
const summed = (name: string, where: string) =>
  `coalesce(sum(size) FILTER (WHERE ${where}), 0) AS ${name}`;

function toSql(options: {
  source: string;
  partitioned: boolean;
  smallFileBytes: number;
}): string {
  const sets = options.partitioned ? '(), (partition)' : '()';
  return `SELECT
  ${options.partitioned ? 'grouping(partition)' : '1'} AS whole,
  ${options.partitioned ? 'partition,' : ''}
  count(*) OVER () AS groups,
  ${counted('files', 'content = 0')},
  ${summed('size', 'content = 0')},
  ${counted('delete_files', 'content <> 0')},
  ${counted('small_files', `content = 0 AND size < ${options.smallFileBytes}`)},
  ${counted('candidate_files', below(COMPACT_BELOW_BYTES))},
  ${summed('candidate_size', below(COMPACT_BELOW_BYTES))},
  ${FILE_SIZE_BIN_STARTS.map((from, index) => {
    const to = FILE_SIZE_BIN_STARTS[index + 1];
    const inside = `content = 0 AND size >= ${from}${
      to === undefined ? '' : ` AND size < ${to}`
    }`;
    return `${counted(`bin${index}_files`, inside)}, ${summed(
      `bin${index}_size`,
      inside,
    )}`;
  }).join(',\n  ')}
FROM (${options.source}) AS files
GROUP BY GROUPING SETS (${sets})
ORDER BY whole DESC, candidate_files DESC
LIMIT ${MAX_PARTITIONS + 1}`;
}

function binOf(
  row: Readonly<Record<string, TrinoValue>>,
  index: number,
): { files: number; sizeBytes: number } {
  return {
    files: values.number.parse(row[`bin${index}_files`]),
    sizeBytes: values.number.parse(row[`bin${index}_size`]),
  };
}
