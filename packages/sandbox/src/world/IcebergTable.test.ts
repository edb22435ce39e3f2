import fc from 'fast-check';
import { BIGINT, DATE } from '../sql/SqlType';
import { IcebergTable } from './IcebergTable';
import { Random } from './Random';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-06-01T00:00:00Z');
const AT = { queryId: 'q', user: 'u', nowMs: NOW_MS };

function createTable(seed = 1) {
  return IcebergTable.create(
    {
      name: { catalog: 'iceberg', schema: 'lake', table: 't' },
      columns: [
        { name: 'id', type: BIGINT },
        { name: 'day', type: DATE },
      ],
      partitionFields: [{ name: 'day', column: 1, transform: 'identity' }],
      random: Random.create(seed),
    },
    AT,
  );
}

function addFiles(table: IcebergTable, sizes: number[], nowMs = NOW_MS) {
  table.append(
    sizes.map((sizeBytes, i) =>
      table.syntheticFile({
        records: 10,
        sizeBytes,
        partition: [{ kind: 'date', days: 20_000 + (i % 2) }],
      }),
    ),
    { ...AT, nowMs },
  );
}

function summaryOf(table: IcebergTable) {
  return Object.fromEntries(table.currentSnapshot?.summary ?? []);
}

describe('IcebergTable', () => {
  it('begins with an empty snapshot', () => {
    const table = createTable();
    expect(table.snapshots).toHaveLength(1);
    expect(summaryOf(table)).toMatchObject({
      'total-data-files': '0',
      'total-records': '0',
      trino_user: 'u',
    });
  });

  it('sums up each commit in its snapshot, as text', () => {
    const table = createTable();
    addFiles(table, [100, 200, 300]);
    expect(summaryOf(table)).toMatchObject({
      'added-data-files': '3',
      'added-records': '30',
      'added-files-size': '600',
      'changed-partition-count': '2',
      'total-data-files': '3',
      'total-files-size': '600',
    });
    expect(table.currentSnapshot?.parentId).toBe(table.snapshots[0].id);
  });

  it('merges small files of each partition, and only those', () => {
    const table = createTable();
    addFiles(table, [100, 200, 300, 400, 5_000_000]);
    const groups = table.rewriteGroups({ thresholdBytes: 1_000 });
    expect(groups.map(group => group.files.length)).toEqual([2, 2]);
    table.rewrite(groups, table.mergedFiles(groups), AT);
    expect(table.files).toHaveLength(3);
    expect(table.currentSnapshot?.operation).toBe('replace');
    expect(summaryOf(table)).toMatchObject({
      'deleted-data-files': '4',
      'added-data-files': '2',
      'total-records': '50',
    });
    expect(table.rewriteGroups({ thresholdBytes: 1_000 })).toEqual([]);
  });

  it('drops delete files when it rewrites', () => {
    const table = createTable();
    addFiles(table, [100]);
    const [file] = table.files;
    table.overwrite([{ ...file, content: 1, parts: [] }], [], AT);
    expect(summaryOf(table)).toMatchObject({ 'total-delete-files': '1' });
    const groups = table.rewriteGroups({ thresholdBytes: 1_000 });
    table.rewrite(groups, table.mergedFiles(groups), AT);
    expect(summaryOf(table)).toMatchObject({
      'total-delete-files': '0',
      'total-data-files': '1',
    });
  });

  it('expires old snapshots, never the current one', () => {
    const table = createTable();
    for (const age of [30, 20, 10]) {
      addFiles(table, [1], NOW_MS - age * DAY_MS);
    }
    table.snapshots[0].committedAtMs = NOW_MS - 40 * DAY_MS;
    expect(table.expireSnapshots(NOW_MS - 15 * DAY_MS)).toBe(3);
    expect(table.expireSnapshots(NOW_MS)).toBe(0);
    expect(table.snapshots).toHaveLength(1);
    expect(table.files).toHaveLength(3);
  });

  it('writes statistics without a snapshot, and knows them as of each commit', () => {
    const table = createTable();
    addFiles(table, [1]);
    const before = table.sequence;
    table.analyze(['id'], AT);
    expect(table.metadataLog.at(-1)?.snapshotId).toBe(table.currentCommit);
    expect(table.snapshots).toHaveLength(2);
    addFiles(table, [1]);
    table.analyze(undefined, AT);
    expect([...table.distinctValuesAt(before).keys()]).toEqual(['id']);
    expect([...table.distinctValuesAt().keys()]).toEqual(['id', 'day']);
    expect(table.distinctValuesAt(0).size).toBe(0);
  });

  it('keeps at most 101 entries of metadata, and merges manifests at 100', () => {
    const table = createTable();
    for (let i = 0; i < 130; i++) {
      addFiles(table, [1]);
    }
    expect(table.metadataLog).toHaveLength(101);
    expect(table.manifests.length).toBeLessThan(100);
    const counted = table.manifests.reduce(
      (sum, m) => sum + m.addedFiles + m.existingFiles,
      0,
    );
    expect(counted).toBe(130);
    expect(table.optimizeManifests(AT)).toBe(1);
  });

  it('keeps every row through any appends and compactions', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('append' as const),
        sizes: fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 6 }),
      }),
      fc.record({
        kind: fc.constant('optimize' as const),
        thresholdBytes: fc.integer({ min: 1, max: 3_000 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const table = createTable();
        let appended = 0;
        for (const one of steps) {
          if (one.kind === 'append') {
            addFiles(table, one.sizes);
            appended += one.sizes.length * 10;
          } else {
            const groups = table.rewriteGroups(one);
            table.rewrite(groups, table.mergedFiles(groups), AT);
          }
          const ids = [...table.relation().rows()].map(([id]) => id);
          expect(new Set(ids).size).toBe(appended);
          expect(summaryOf(table)['total-records']).toBe(String(appended));
          expect(summaryOf(table)['total-data-files']).toBe(
            String(table.files.length),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('repeats exactly for the same seed', () => {
    const [a, b] = [createTable(7), createTable(7)];
    [a, b].forEach(table => addFiles(table, [1, 2]));
    expect(a.snapshots).toEqual(b.snapshots);
    expect(a.currentCommit).not.toBe(createTable(8).currentCommit);
  });
});
