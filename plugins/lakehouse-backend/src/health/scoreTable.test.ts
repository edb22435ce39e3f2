import fc from 'fast-check';
import type { PartFacts } from './parts/PartFacts';
import { compactionGain } from './compactionGain';
import { scoreTable } from './scoreTable';
import { MIB, PART_WEIGHTS } from './thresholds';

const HEALTHY: PartFacts = {
  totals: {
    dataFiles: 1,
    sizeBytes: 40 * MIB,
    records: 1_500_000,
    deleteFiles: 0,
  },
  compaction: { filesBefore: 1, filesAfter: 1, bytesRewritten: 0 },
  snapshots: {
    count: 3,
    oldestAt: '2026-11-20T00:00:00.000Z',
    newestAt: '2026-11-21T00:00:00.000Z',
  },
  manifests: { count: 1, sizeBytes: 7_000 },
  metadataFiles: 4,
  statistics: {
    state: 'fresh',
    collectedAt: '2026-11-21T00:00:00.000Z',
    rowsSinceShare: 0,
    columns: [],
  },
};

const withFiles = (
  files: number,
  sizeBytes: number,
  partitions = 1,
): PartFacts => ({
  ...HEALTHY,
  totals: { dataFiles: files, sizeBytes, records: 100, deleteFiles: 0 },
  compaction: compactionGain({
    totalFiles: files,
    partitions: Array.from({ length: partitions }, () => ({
      files: files / partitions,
      sizeBytes: sizeBytes / partitions,
    })),
  }),
});

describe('scoreTable', () => {
  it.each<[string, PartFacts, number, number, string]>([
    ['a healthy table', HEALTHY, 100, 100, 'healthy'],
    ['a single file of 1 MB', withFiles(1, MIB), 100, 100, 'healthy'],
    [
      'a tiny file in each of 400 partitions',
      withFiles(400, 4e6, 400),
      100,
      100,
      'healthy',
    ],
    ['20 small files', withFiles(20, 20 * MIB), 80, 95, 'healthy'],
    ['300 small files', withFiles(300, 12 * MIB), 0, 49, 'breached'],
    [
      '300 small files in 10 partitions',
      withFiles(300, 12 * MIB, 10),
      0,
      49,
      'breached',
    ],
    [
      'statistics of before almost all rows',
      {
        ...HEALTHY,
        statistics: { state: 'stale', rowsSinceShare: 0.93, columns: [] },
      },
      50,
      79,
      'at-risk',
    ],
    [
      'no statistics',
      { ...HEALTHY, statistics: { state: 'none', columns: [] } },
      80,
      99,
      'healthy',
    ],
    [
      '300 snapshots',
      { ...HEALTHY, snapshots: { ...HEALTHY.snapshots!, count: 300 } },
      80,
      95,
      'healthy',
    ],
    [
      'many deleted rows',
      {
        ...HEALTHY,
        totals: { dataFiles: 10, sizeBytes: 1, records: 100, deleteFiles: 300 },
        deletedRows: 30,
      },
      50,
      79,
      'at-risk',
    ],
  ])('scores %s', (_, facts, atLeast, atMost, status) => {
    const result = scoreTable(facts);
    expect(result.status).toBe(status);
    expect(result.score).toBeGreaterThanOrEqual(atLeast);
    expect(result.score).toBeLessThanOrEqual(atMost);
  });

  it('knows nothing of a table of which nothing was observed', () => {
    const { score, status, parts } = scoreTable({});
    expect(score).toBeUndefined();
    expect(status).toBe('unknown');
    expect(parts.map(part => [part.score, part.weight])).toEqual(
      Array(6).fill([undefined, 0]),
    );
  });

  it('scales the weights of the parts that were observed', () => {
    const { score, parts } = scoreTable({ metadataFiles: 4 });
    expect(score).toBe(100);
    expect(parts.find(part => part.id === 'metadata')?.weight).toBe(1);
  });

  it('leaves out statistics of an empty table', () => {
    const { parts } = scoreTable({
      totals: { dataFiles: 0, sizeBytes: 0, records: 0, deleteFiles: 0 },
      statistics: { state: 'none', columns: [] },
    });
    expect(parts.find(part => part.id === 'statistics')?.score).toBeUndefined();
  });

  it('does not judge sizes of files from totals when they might be bad', () => {
    const many = scoreTable({
      totals: { dataFiles: 500, sizeBytes: 500 * MIB },
    });
    expect(many.status).toBe('unknown');
    const few = scoreTable({ totals: { dataFiles: 4, sizeBytes: 4 * MIB } });
    expect(few.score).toBeGreaterThan(95);
  });

  it('explains each part with its figures', () => {
    const { parts } = scoreTable({
      ...withFiles(300, 12 * MIB),
      statistics: {
        state: 'stale',
        collectedAt: '2026-11-01T10:20:30.000Z',
        rowsSinceShare: 0.932,
        columns: [],
      },
    });
    expect(parts.map(({ explanation }) => explanation)).toEqual([
      'There are 300 data files where compaction would leave 1.',
      'There are no delete files.',
      '3 snapshots kept, the oldest of 2026-11-20; up to 50 are fine.',
      '1 manifest, none too many.',
      'Statistics are stale: collected 2026-11-01 10:20 UTC; 93 % of the rows came after them.',
      '4 metadata files, within the usual limit of 101.',
    ]);
  });

  it('has weights that sum to 1', () => {
    const sum = Object.values(PART_WEIGHTS).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(1, 10);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const facts: fc.Arbitrary<PartFacts> = fc.record(
    {
      totals: fc.record({
        dataFiles: fc.nat(),
        sizeBytes: fc.nat(),
        records: fc.nat(),
        deleteFiles: fc.nat(),
      }),
      compaction: fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => ({
        filesBefore: Math.max(a, b),
        filesAfter: Math.min(a, b),
        bytesRewritten: 0,
      })),
      snapshots: fc.record({
        count: fc.nat(),
        oldestAt: fc.constant('2026-11-20T00:00:00.000Z'),
        newestAt: fc.constant('2026-11-21T00:00:00.000Z'),
      }),
      manifests: fc.record({ count: fc.nat(), sizeBytes: fc.nat() }),
      metadataFiles: fc.nat(),
      deletedRows: fc.nat(),
      statistics: fc.record({
        state: fc.constantFrom(
          'fresh' as const,
          'stale' as const,
          'none' as const,
        ),
        rowsSinceShare: fc.option(share, { nil: undefined }),
        columns: fc.constant([]),
      }),
    },
    { requiredKeys: [] },
  );

  it('stays within 0 and 100, with weights that sum to 1', () => {
    fc.assert(
      fc.property(facts, given => {
        const { score, status, parts } = scoreTable(given);
        expect(status === 'unknown').toBe(score === undefined);
        fc.pre(score !== undefined);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(
          1,
        );
        for (const part of parts.filter(p => p.score !== undefined)) {
          expect(part.score).toBeGreaterThanOrEqual(0);
          expect(part.score).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('never scores higher for the same data cut into more small files', () => {
    const partition = fc.record({
      files: fc.integer({ min: 1, max: 500 }),
      sizeBytes: fc.nat(),
    });
    fc.assert(
      fc.property(
        fc.array(partition, { minLength: 1, maxLength: 20 }),
        fc.nat(1000),
        fc.nat(19),
        fc.integer({ min: 1, max: 500 }),
        (partitions, large, chosen, more) => {
          const of = (all: typeof partitions) =>
            scoreTable({
              ...HEALTHY,
              compaction: compactionGain({
                totalFiles: all.reduce((sum, p) => sum + p.files, large),
                partitions: all,
              }),
            }).score!;
          const cut = partitions.map((p, index) =>
            index === chosen % partitions.length
              ? { ...p, files: p.files + more }
              : p,
          );
          expect(of(cut)).toBeLessThanOrEqual(of(partitions));
        },
      ),
    );
  });
});
