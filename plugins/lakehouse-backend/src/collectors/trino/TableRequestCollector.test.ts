import { collect, ofType } from './__testUtils__/collect';
import { FakeLake } from './__testUtils__/FakeLake';
import { unreachable } from './__testUtils__/trinoErrors';
import { TableRequestCollector } from './TableRequestCollector';
import { TableInspector } from './tables/TableInspector';
import { readTrinoCollectorsConfig } from './TrinoCollectorsConfig';
import { mockServices } from '@backstage/backend-test-utils';

function setUp() {
  const lake = new FakeLake();
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') };
  const now = () => clock.now;
  const { tables: config } = readTrinoCollectorsConfig(
    mockServices.rootConfig({
      data: { lakehouse: { collectors: { tables: { exclude: ['*.tmp'] } } } },
    }),
  );
  const { connection, store } = lake;
  const collector = TableRequestCollector.create({
    connection,
    store,
    config,
    inspector: TableInspector.create({ connection, store, config, now }),
    now,
  });
  return { lake, clock, collector };
}

describe('TableRequestCollector', () => {
  it('looks in full at what it was asked for, once', async () => {
    const { lake, clock, collector } = setUp();
    const ref = lake.add('events');
    expect(await collect(collector)).toEqual([]);
    collector.requestInspection(ref);
    collector.requestInspection(ref);
    expect(await collect(collector)).toEqual([]);
    clock.now += 500;
    const inspected = ofType(await collect(collector), 'TableInspected');
    expect(inspected.map(({ health }) => health.depth)).toEqual(['full']);
    clock.now += 500;
    expect(await collect(collector)).toEqual([]);
  });

  it('does not look all the time at a table that is written to all the time', async () => {
    const { lake, clock, collector } = setUp();
    const ref = lake.add('events');
    let looks = 0;
    for (let second = 0; second < 12; second++) {
      collector.requestInspection(ref);
      clock.now += 1_000;
      looks += ofType(await collect(collector), 'TableInspected').length;
    }
    expect(looks).toBeLessThanOrEqual(5);
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['of another connection', { connection: 'other' }],
    ['that the config leaves out', { table: 'tmp' }],
    ['of a catalog that has no such tables', { catalog: 'tpch' }],
  ])('leaves out a table %s', async (_, overrides) => {
    const { lake, clock, collector } = setUp();
    collector.requestInspection({ ...lake.ref('events'), ...overrides });
    clock.now += 1_000;
    expect(await collect(collector)).toEqual([]);
    expect(lake.statements).toEqual([]);
  });

  it('tells of a table that was dropped', async () => {
    const { lake, clock, collector } = setUp();
    const ref = lake.ref('gone');
    collector.requestInspection(ref);
    clock.now += 1_000;
    const at = '2026-11-21T10:00:01.000Z';
    expect(await collect(collector)).toEqual([
      { type: 'TableDropped', ref, at },
      {
        type: 'GapClosed',
        connection: 'analytics',
        subject: 'table:iceberg.lake.gone',
        at,
      },
    ]);
  });

  it('tries again when Trino is back', async () => {
    const { lake, clock, collector } = setUp();
    collector.requestInspection(lake.add('events'));
    lake.error = unreachable;
    clock.now += 1_000;
    const observations = await collect(collector);
    expect(ofType(observations, 'GapOpened')[0].gap).toMatchObject({
      subject: 'tables',
      code: 'unreachable',
    });
    lake.error = undefined;
    clock.now += 10_000;
    expect(ofType(await collect(collector), 'TableInspected')).toHaveLength(1);
  });
});
