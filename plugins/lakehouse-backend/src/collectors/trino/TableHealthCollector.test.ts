import { mockServices } from '@backstage/backend-test-utils';
import { collect, ofType } from './__testUtils__/collect';
import { FakeLake } from './__testUtils__/FakeLake';
import { denied, html, unreachable } from './__testUtils__/trinoErrors';
import { TableHealthCollector } from './TableHealthCollector';
import { TableInspector } from './tables/TableInspector';
import type { TrinoTablesConfig } from './TrinoCollectorsConfig';

function setUp(overrides: Partial<TrinoTablesConfig> = {}) {
  const lake = new FakeLake();
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') };
  const now = () => clock.now;
  const config: TrinoTablesConfig = {
    concurrency: 2,
    timeBudgetMs: 60_000,
    include: [],
    exclude: [],
    maxTables: 100,
    smallFileBytes: 32 * 1024 * 1024,
    discoverEveryMs: 600_000,
    refreshAfterMs: 10 * 365 * 24 * 3_600_000,
    statementTimeoutMs: 60_000,
    ...overrides,
  };
  const { connection, store } = lake;
  const collector = TableHealthCollector.create({
    connection,
    store,
    config,
    inspector: TableInspector.create({ connection, store, config, now }),
    logger: mockServices.logger.mock(),
    now,
  });
  const sweep = async (afterMs = 120_000) => {
    clock.now += afterMs;
    const observations = await collect(collector);
    lake.record(observations);
    return observations;
  };
  return { lake, clock, collector, sweep };
}

describe('TableHealthCollector', () => {
  it('looks at a new table in full', async () => {
    const { lake, sweep } = setUp();
    const ref = lake.add('events', { files: 300 });
    const observations = await sweep();
    expect(lake.takeStatements()).toEqual([
      'information_schema',
      '$metadata_log_entries',
      '$manifests',
      '$files',
      'SHOW STATS',
    ]);
    const [{ health }] = ofType(observations, 'TableInspected');
    expect(health).toMatchObject({
      ref,
      format: 'iceberg',
      inspectedAt: '2026-11-21T10:02:00.000Z',
      depth: 'full',
      status: 'breached',
      snapshot: {
        id: '1',
        committedAt: '2026-11-20T10:00:00.000Z',
        operation: 'append',
        user: 'etl',
        queryId: '20261120_100000_00001_abcde',
      },
      totals: {
        dataFiles: 300,
        sizeBytes: 300_000,
        records: 100,
        deleteFiles: 0,
      },
      files: { snapshotId: '1', smallFiles: 300, totalFiles: 300 },
      snapshots: { count: 1 },
      manifests: { count: 1, sizeBytes: 7000 },
      metadataFiles: 2,
      statistics: {
        state: 'fresh',
        collectedAt: '2026-11-20T10:00:00.020Z',
        rowsSinceShare: 0,
      },
      compaction: { filesBefore: 300, filesAfter: 1, bytesRewritten: 300_000 },
      gaps: [],
    });
    expect(health.files?.bins).toHaveLength(5);
    expect(ofType(observations, 'TablesSwept')).toHaveLength(1);
    expect(
      ofType(observations, 'GapClosed').map(({ subject }) => subject),
    ).toEqual(['table:iceberg.lake.events', 'tables']);
  });

  it('asks for the snapshots of unchanged tables in one statement', async () => {
    const { lake, sweep } = setUp();
    for (let n = 0; n < 40; n++) lake.add(`t${n}`);
    await sweep();
    lake.takeStatements();
    const inspected = ofType(await sweep(), 'TableInspected');
    expect(lake.takeStatements()).toEqual(['EXPLAIN']);
    expect(inspected).toHaveLength(40);
    expect(inspected[0].health).toMatchObject({
      inspectedAt: '2026-11-21T10:04:00.000Z',
      depth: 'full',
      score: 100,
    });
  });

  it('reads only the summary of a table that changed and looks healthy', async () => {
    const { lake, sweep } = setUp();
    lake.add('calm');
    lake.add('changed', { files: 2 });
    await sweep();
    lake.takeStatements();
    lake.add('changed', {
      snapshotId: '2',
      files: 3,
      committedAt: '2026-11-21T10:03:00.000Z',
    });
    const inspected = ofType(await sweep(), 'TableInspected');
    expect(lake.takeStatements()).toEqual(['EXPLAIN', '$metadata_log_entries']);
    const changed = inspected.find(({ health }) => health.snapshot?.id === '2');
    expect(changed?.health).toMatchObject({
      depth: 'summary',
      totals: { dataFiles: 3 },
      files: { snapshotId: '1', totalFiles: 2 },
      statistics: { state: 'fresh' },
    });
    expect(changed?.health.compaction).toBeUndefined();
  });

  it('counts the files again of one that changed and looks bad', async () => {
    const { lake, sweep } = setUp();
    lake.add('events');
    await sweep();
    lake.takeStatements();
    lake.add('events', { snapshotId: '2', files: 200 });
    const [{ health }] = ofType(await sweep(), 'TableInspected');
    expect(lake.takeStatements()).toContain('$files');
    expect(health).toMatchObject({ depth: 'full', status: 'breached' });
  });

  it('tells a table dropped that is no longer listed', async () => {
    const { lake, sweep } = setUp({ discoverEveryMs: 0 });
    const ref = lake.add('old');
    lake.add('other');
    await sweep();
    lake.tables.delete('old');
    const observations = await sweep();
    expect(ofType(observations, 'TableDropped')).toEqual([
      { type: 'TableDropped', ref, at: '2026-11-21T10:04:00.000Z' },
    ]);
    expect(ofType(observations, 'TableInspected')).toHaveLength(1);
  });

  it('finds out about a table that is dropped between listing and looking', async () => {
    const { lake, sweep } = setUp();
    lake.add('a');
    const ref = lake.add('gone');
    lake.add('z');
    await sweep();
    lake.tables.delete('gone');
    const observations = await sweep();
    expect(ofType(observations, 'TableDropped')).toEqual([
      expect.objectContaining({ ref }),
    ]);
    expect(
      ofType(observations, 'TableInspected').map(
        ({ health }) => health.ref.table,
      ),
    ).toEqual(['a', 'z']);
    expect(ofType(observations, 'GapOpened')).toEqual([]);
  });

  it('tells a gap for a table that it may not read, and goes on', async () => {
    const { lake, sweep } = setUp();
    lake.add('a');
    lake.add('secret', { error: denied });
    const observations = await sweep();
    expect(ofType(observations, 'TableInspected')).toHaveLength(1);
    expect(ofType(observations, 'GapOpened')).toEqual([
      {
        type: 'GapOpened',
        gap: expect.objectContaining({
          subject: 'table:iceberg.lake.secret',
          code: 'forbidden',
          remedy:
            'allow lakehouse-ops to SELECT from iceberg.lake.secret and its metadata tables',
        }),
      },
    ]);
  });

  it('tells what it may read of a table, and a gap for the rest', async () => {
    const { lake, sweep } = setUp();
    lake.add('half', { filesError: denied });
    const observations = await sweep();
    const [{ health }] = ofType(observations, 'TableInspected');
    expect(health.manifests).toEqual({ count: 1, sizeBytes: 7000 });
    expect(health.files).toBeUndefined();
    expect(ofType(observations, 'GapOpened')).toEqual([
      {
        type: 'GapOpened',
        gap: expect.objectContaining({
          subject: 'table:iceberg.lake.half',
          code: 'forbidden',
        }),
      },
    ]);
    expect(ofType(observations, 'GapClosed')).toEqual([
      expect.objectContaining({ subject: 'tables' }),
    ]);
  });

  it('says why a table with $ in its name is not looked at', async () => {
    const { lake, sweep } = setUp();
    lake.add('na$me');
    const [{ gap }] = ofType(await sweep(), 'GapOpened');
    expect(gap.subject).toBe('table:iceberg.lake.na$me');
    expect(gap.remedy).toContain('without $');
  });

  it.each([
    ['unreachable', unreachable],
    ['bad-response', html],
  ])('stops while Trino is %s, and goes on by itself', async (code, error) => {
    const { lake, sweep } = setUp();
    for (let n = 0; n < 20; n++) lake.add(`t${n}`);
    await sweep();
    lake.takeStatements();
    lake.error = error;
    const observations = await sweep();
    expect(observations.map(({ type }) => type)).toEqual(['GapOpened']);
    expect(ofType(observations, 'GapOpened')[0].gap).toMatchObject({
      subject: 'tables',
      code,
    });
    expect(lake.takeStatements().length).toBeLessThanOrEqual(2);
    lake.error = undefined;
    const after = await sweep();
    expect(ofType(after, 'TableInspected')).toHaveLength(20);
    expect(after.at(-1)?.type).toBe('TablesSwept');
  });

  it('leaves what time does not allow to the next sweep, oldest first', async () => {
    const { lake, clock, sweep } = setUp({
      concurrency: 1,
      timeBudgetMs: 1_000,
    });
    for (let n = 0; n < 5; n++) lake.add(`t${n}`);
    lake.delay = async () => {
      clock.now += 150;
    };
    const first = await sweep();
    const [{ gap }] = ofType(first, 'GapOpened');
    expect(gap).toMatchObject({ subject: 'tables', code: 'limit' });
    expect(gap.reason).toBe(
      '3 of 5 tables were left for the next sweep, which begins with them',
    );
    const second = ofType(await sweep(), 'TableInspected');
    expect(second.map(({ health }) => health.ref.table)).toEqual(
      expect.arrayContaining(['t2']),
    );
    await sweep();
    expect(lake.known.size).toBe(5);
  });

  it('looks at no more tables than it may', async () => {
    const { lake, sweep } = setUp({ maxTables: 3 });
    for (let n = 0; n < 5; n++) lake.add(`t${n}`);
    const observations = await sweep();
    expect(ofType(observations, 'TableInspected')).toHaveLength(3);
    expect(ofType(observations, 'GapOpened')[0].gap.remedy).toContain(
      'lakehouse.collectors.tables.maxTables (3)',
    );
    await sweep();
    expect(lake.known.size).toBe(5);
  });

  it('keeps to the patterns of the config', async () => {
    const { lake, sweep } = setUp({
      include: ['iceberg.lake.*'],
      exclude: ['*.tmp_*'],
    });
    lake.add('sales');
    lake.add('tmp_1');
    const inspected = ofType(await sweep(), 'TableInspected');
    expect(inspected.map(({ health }) => health.ref.table)).toEqual(['sales']);
  });

  it('says nothing when it is stopped', async () => {
    const { lake, collector } = setUp();
    lake.add('a');
    const controller = new AbortController();
    lake.delay = async () => controller.abort();
    lake.error = unreachable;
    expect(await collect(collector, controller.signal)).toEqual([]);
  });
});
