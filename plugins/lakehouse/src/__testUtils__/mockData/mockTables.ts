import type {
  FileSizeBin,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockGap } from './mockConnections';
import { at, GIB, MIB, MINUTE_MS } from './mockTime';

function bins(small: number, large: number): FileSizeBin[] {
  const limits = [0, 8, 32, 128, 512];
  const files = [small, Math.round(small / 6), 4, large, 1];
  return limits.map((from, index) => ({
    fromBytes: from * MIB,
    toBytes: limits[index + 1] ? limits[index + 1] * MIB : undefined,
    files: files[index],
    sizeBytes: files[index] * (from + 4) * MIB,
  }));
}

export function mockTable(overrides: Partial<TableHealth> = {}): TableHealth {
  const now = Date.now();
  const filesBins = bins(930, 24);
  const totalFiles = filesBins.reduce((sum, bin) => sum + bin.files, 0);
  return {
    ref: {
      connection: 'analytics',
      catalog: 'lake',
      schema: 'gold',
      table: 'daily_sales',
    },
    format: 'iceberg',
    inspectedAt: at(now, 40_000),
    depth: 'full',
    score: 31,
    status: 'breached',
    parts: [
      {
        id: 'small-files',
        label: 'Small files',
        weight: 0.4,
        score: 8,
        explanation: '1,085 of 1,114 files are under 128 MiB.',
      },
      {
        id: 'statistics',
        label: 'Statistics',
        weight: 0.25,
        score: 40,
        explanation: '38 % of the rows were written after the statistics.',
      },
      {
        id: 'snapshots',
        label: 'Snapshots',
        weight: 0.2,
        score: 70,
        explanation: '212 snapshots are kept, the oldest for 9 days.',
      },
      {
        id: 'delete-files',
        label: 'Delete files',
        weight: 0.15,
        explanation: 'Delete files were not read.',
      },
    ],
    snapshot: {
      id: '8812236674590712345',
      committedAt: at(now, 12 * MINUTE_MS),
      operation: 'append',
      user: 'etl',
      queryId: '20261121_103000_00001_abcde',
    },
    totals: {
      dataFiles: totalFiles,
      sizeBytes: 11 * GIB,
      records: 84_213_220,
      deleteFiles: 0,
    },
    files: {
      snapshotId: '8812236674590712345',
      countedAt: at(now, 40_000),
      bins: filesBins,
      smallFiles: totalFiles - 25,
      smallFileBytes: 128 * MIB,
      totalFiles,
    },
    snapshots: {
      count: 212,
      oldestAt: at(now, 9 * 24 * 60 * MINUTE_MS),
      newestAt: at(now, 12 * MINUTE_MS),
    },
    manifests: { count: 88, sizeBytes: 9 * MIB },
    partitions: {
      count: 31,
      worst: Array.from({ length: 12 }, (_, index) => ({
        partition: `day=2026-11-${String(20 - index).padStart(2, '0')}`,
        files: 120 - index * 7,
        sizeBytes: (120 - index * 7) * 5 * MIB,
      })),
    },
    statistics: {
      state: 'stale',
      collectedAt: at(now, 6 * 24 * 60 * MINUTE_MS),
      rowsSinceShare: 0.38,
      columns: [
        {
          column: 'day',
          distinctValues: 31,
          nullsFraction: 0,
          low: '2026-10-21',
          high: '2026-11-14',
        },
        {
          column: 'amount',
          distinctValues: 812_331,
          nullsFraction: 0.002,
          dataSizeBytes: 640 * MIB,
        },
        { column: 'note' },
      ],
    },
    compaction: {
      filesBefore: totalFiles,
      filesAfter: 26,
      bytesRewritten: 10 * GIB,
    },
    gaps: [],
    ...overrides,
  };
}

/** A breached table, one at risk, a healthy, an unknown. */
export function mockTables(): TableHealth[] {
  const ref = mockTable().ref;
  return [
    mockTable(),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'orders' },
      score: 68,
      status: 'at-risk',
      compaction: { filesBefore: 210, filesAfter: 9, bytesRewritten: GIB },
    }),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'we"ird.na$me ü' },
      score: undefined,
      status: 'unknown',
      parts: [],
      snapshot: undefined,
      totals: undefined,
      files: undefined,
      snapshots: undefined,
      statistics: undefined,
      partitions: undefined,
      compaction: undefined,
      gaps: [
        mockGap({
          subject: 'table:lake.silver."we""ird.na$me ü"',
          reason: 'timeout after 30 s on "$files"',
          remedy: 'raise the time budget of the sweep',
          until: undefined,
        }),
      ],
    }),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'customers' },
      score: 97,
      status: 'healthy',
      totals: { dataFiles: 12, sizeBytes: 3 * GIB, records: 1_000_000 },
      files: {
        snapshotId: '1',
        countedAt: new Date().toISOString(),
        bins: bins(0, 12),
        smallFiles: 0,
        smallFileBytes: 128 * MIB,
        totalFiles: 12,
      },
      statistics: {
        state: 'fresh',
        collectedAt: at(Date.now(), 3_600_000),
        rowsSinceShare: 0,
        columns: [],
      },
      compaction: undefined,
    }),
  ];
}
