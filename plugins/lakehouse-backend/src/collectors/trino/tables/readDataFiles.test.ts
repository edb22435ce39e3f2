import type {
  TrinoResult,
  TrinoValue,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { readDataFiles } from './readDataFiles';

const row = (overrides: Record<string, TrinoValue>) => ({
  whole: 0,
  groups: 3,
  files: 0,
  size: 0,
  delete_files: 0,
  small_files: 0,
  candidate_files: 0,
  candidate_size: 0,
  ...Object.fromEntries(
    [0, 1, 2, 3, 4].flatMap(n => [
      [`bin${n}_files`, 0],
      [`bin${n}_size`, 0],
    ]),
  ),
  ...overrides,
});

const answering = (rows: TrinoResult['rows']) => {
  const statements: string[] = [];
  const run = async (sql: string): Promise<TrinoResult> => {
    statements.push(sql);
    return {
      queryId: 'own',
      columns: [{ name: 'partition', type: 'row("day" date)' }],
      rows,
      truncated: false,
      elapsedMs: 1,
    };
  };
  return { run, statements };
};

describe('readDataFiles', () => {
  it('reads bins, the worst partitions and the gain by partition', async () => {
    const { run } = answering([
      row({
        whole: 1,
        files: 12,
        size: '5000000012',
        delete_files: 2,
        small_files: 11,
        candidate_files: 11,
        candidate_size: 12,
        bin0_files: 11,
        bin0_size: 12,
        bin4_files: 1,
        bin4_size: '5000000000',
      }),
      row({
        partition: ['2026-11-20'],
        files: 10,
        size: 10,
        candidate_files: 10,
        candidate_size: 10,
      }),
      row({
        partition: ['2026-11-21'],
        files: 2,
        size: 5e9,
        candidate_files: 1,
        candidate_size: 2,
      }),
    ]);
    const counted = await readDataFiles({
      source: 'SELECT 1',
      partitioned: true,
      smallFileBytes: 100,
      run,
    });
    expect(counted).toMatchObject({
      totalFiles: 12,
      sizeBytes: 5_000_000_012,
      deleteFiles: 2,
      files: { smallFiles: 11, smallFileBytes: 100, totalFiles: 12 },
      partitions: {
        count: 2,
        worst: [
          { partition: 'day=2026-11-20', files: 10, sizeBytes: 10 },
          { partition: 'day=2026-11-21', files: 2, sizeBytes: 5e9 },
        ],
      },
      compaction: { filesBefore: 12, filesAfter: 3, bytesRewritten: 10 },
    });
    expect(counted.files.bins.map(({ files }) => files)).toEqual([
      11, 0, 0, 0, 1,
    ]);
    expect(counted.files.bins[4].toBytes).toBeUndefined();
  });

  it('takes a table without partitions as one', async () => {
    const { run, statements } = answering([
      row({
        whole: 1,
        groups: 1,
        files: 5,
        candidate_files: 5,
        candidate_size: 9,
      }),
    ]);
    const counted = await readDataFiles({
      source: 'SELECT 1',
      partitioned: false,
      smallFileBytes: 100,
      run,
    });
    expect(counted.partitions).toBeUndefined();
    expect(counted.compaction).toEqual({
      filesBefore: 5,
      filesAfter: 1,
      bytesRewritten: 9,
    });
    expect(statements[0]).not.toContain('partition');
  });

  it('refuses an answer that lacks a figure, instead of taking it for 0', async () => {
    const { run } = answering([{ ...row({ whole: 1 }), size: null }]);
    await expect(
      readDataFiles({
        source: 'SELECT 1',
        partitioned: false,
        smallFileBytes: 100,
        run,
      }),
    ).rejects.toThrow();
  });
});
