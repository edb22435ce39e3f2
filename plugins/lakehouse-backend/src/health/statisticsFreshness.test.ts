import {
  MetadataVersion,
  newestCollection,
  statisticsFreshness,
} from './statisticsFreshness';

const COLUMNS = [{ column: 'orderkey', distinctValues: 14_834 }];

const at = (time: string) => `2026-11-21T${time}Z`;

/** As Trino 476 told it: loaded, analyzed, written to twice without statistics, commented. */
const STALE: MetadataVersion[] = [
  {
    at: at('11:18:13.189'),
    snapshotId: '1',
    schemaId: 0,
    operation: 'append',
    addedRecords: 15_000,
  },
  {
    at: at('11:18:13.213'),
    snapshotId: '1',
    schemaId: 0,
    operation: 'append',
    addedRecords: 15_000,
  },
  {
    at: at('11:18:13.404'),
    snapshotId: '1',
    schemaId: 0,
    operation: 'append',
    addedRecords: 15_000,
  },
  {
    at: at('11:18:18.279'),
    snapshotId: '2',
    parentId: '1',
    schemaId: 0,
    operation: 'append',
    addedRecords: 49_999,
  },
  {
    at: at('11:18:22.161'),
    snapshotId: '3',
    parentId: '2',
    schemaId: 0,
    operation: 'append',
    addedRecords: 50_001,
  },
];
const COMMENT: MetadataVersion = { ...STALE[4], at: at('11:18:22.245') };
const ANALYZE: MetadataVersion = { ...STALE[4], at: at('11:18:25.156') };
const OPTIMIZE: MetadataVersion[] = [
  {
    at: at('11:18:27.882'),
    snapshotId: '4',
    parentId: '3',
    schemaId: 0,
    operation: 'replace',
    addedRecords: 115_000,
  },
  {
    at: at('11:18:27.917'),
    snapshotId: '4',
    parentId: '3',
    schemaId: 0,
    operation: 'replace',
    addedRecords: 115_000,
  },
];

const fresh = (
  versions: MetadataVersion[],
  more: Partial<Parameters<typeof statisticsFreshness>[0]> = {},
) =>
  statisticsFreshness({
    versions,
    columns: COLUMNS,
    totalRecords: 115_000,
    ...more,
  });

describe('statisticsFreshness', () => {
  it('is none without distinct values of any column', () => {
    expect(
      fresh(STALE, { columns: [{ column: 'a', nullsFraction: 0 }] }).state,
    ).toBe('none');
  });

  it('is stale when most rows came after ANALYZE', () => {
    expect(fresh(STALE)).toMatchObject({
      state: 'stale',
      collectedAt: at('11:18:13.404'),
      rowsSinceShare: 100_000 / 115_000,
    });
  });

  it('does not take a comment that was refuted for statistics', () => {
    const versions = [...STALE, COMMENT];
    expect(fresh(versions, { refuted: new Set([COMMENT.at]) })).toMatchObject({
      state: 'stale',
      collectedAt: at('11:18:13.404'),
      rowsSinceShare: 100_000 / 115_000,
    });
  });

  it('is fresh after ANALYZE, and still after compaction', () => {
    const analyzed = [...STALE, ANALYZE];
    const expected = {
      state: 'fresh',
      collectedAt: ANALYZE.at,
      rowsSinceShare: 0,
    };
    expect(fresh(analyzed)).toMatchObject(expected);
    expect(fresh([...analyzed, ...OPTIMIZE])).toMatchObject(expected);
  });

  it('does not take what compaction carries over for new statistics', () => {
    expect(fresh([...STALE, ...OPTIMIZE])).toMatchObject({
      state: 'stale',
      collectedAt: at('11:18:13.404'),
    });
  });

  it('is fresh when each write collects its own', () => {
    const writes = [1, 2, 3].flatMap(n => [
      {
        at: at(`11:0${n}:00.000`),
        snapshotId: `${n}`,
        operation: 'append',
        addedRecords: 100,
      },
      {
        at: at(`11:0${n}:00.020`),
        snapshotId: `${n}`,
        operation: 'append',
        addedRecords: 100,
      },
    ]);
    expect(fresh(writes, { totalRecords: 300 })).toMatchObject({
      state: 'fresh',
      collectedAt: at('11:03:00.020'),
      rowsSinceShare: 0,
    });
  });

  it('takes the word of the query log', () => {
    expect(fresh(STALE, { lastAnalyzedAt: at('11:19:00.000') })).toMatchObject({
      state: 'fresh',
      collectedAt: at('11:19:00.000'),
    });
    expect(fresh(STALE, { lastAnalyzedAt: at('11:18:20.000') })).toMatchObject({
      state: 'stale',
      rowsSinceShare: 50_001 / 115_000,
    });
  });

  it('does not take expiring snapshots for ANALYZE', () => {
    const expired: MetadataVersion[] = [
      { at: at('10:00:00.000') },
      { at: at('10:00:00.020') },
      {
        at: at('11:00:00.000'),
        snapshotId: '2',
        parentId: '1',
        operation: 'append',
        addedRecords: 90,
      },
      {
        at: at('12:00:00.000'),
        snapshotId: '2',
        parentId: '1',
        operation: 'append',
        addedRecords: 90,
      },
    ];
    expect(fresh(expired, { totalRecords: 100 }).state).toBe('stale');
  });

  it('counts versions of a table that was empty at first as what they are', () => {
    const empty: MetadataVersion[] = [
      { at: at('10:00:00.000') },
      {
        at: at('11:00:00.000'),
        snapshotId: '1',
        operation: 'append',
        addedRecords: 90,
      },
      {
        at: at('12:00:00.000'),
        snapshotId: '1',
        operation: 'append',
        addedRecords: 90,
      },
    ];
    expect(fresh(empty, { totalRecords: 90 }).state).toBe('fresh');
  });

  it('is stale when the whole metadata log holds no statistics', () => {
    const versions = Array.from({ length: 101 }, (_, n) => ({
      at: at(`10:${String(n % 60).padStart(2, '0')}:00.000`),
      snapshotId: `${n}`,
      operation: 'append',
      addedRecords: 1,
    }));
    const result = fresh(versions, { totalRecords: 1_000_000 });
    expect(result.state).toBe('stale');
    expect(result.collectedAt).toBeUndefined();
  });
});

describe('newestCollection', () => {
  it('names the snapshot to compare with', () => {
    expect(newestCollection({ versions: [...STALE, COMMENT] })).toEqual({
      parentId: '2',
      at: [COMMENT.at],
    });
  });

  it('goes on to the one before when refuted', () => {
    expect(
      newestCollection({
        versions: [...STALE, COMMENT],
        refuted: new Set([COMMENT.at]),
      }),
    ).toEqual({
      parentId: undefined,
      at: [at('11:18:13.213'), at('11:18:13.404')],
    });
  });

  it('has nothing to check when several writes all collect their own', () => {
    const writes = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        ['000', '020'].map(ms => ({
          at: at(`11:0${n}:00.${ms}`),
          snapshotId: `${n + 1}`,
          parentId: n > 0 ? `${n}` : undefined,
          operation: 'append',
        })),
      ).flat();
    expect(newestCollection({ versions: writes(2) })?.parentId).toBe('1');
    expect(newestCollection({ versions: writes(3) })).toBeUndefined();
  });

  it('has nothing to check when the query log tells of a later ANALYZE', () => {
    expect(
      newestCollection({
        versions: [...STALE, COMMENT],
        lastAnalyzedAt: at('11:20:00.000'),
      }),
    ).toBeUndefined();
  });
});
