import type {
  AlertRun,
  LakehouseAlert,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, onEachDatabase } from '../__testUtils__/onEachDatabase';
import type { Observation } from '../Observation';

jest.setTimeout(120_000);

const TABLE = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'we"ird ü',
};

const alert = (id: string): Omit<LakehouseAlert, 'runs'> => ({
  connection: 'bi',
  id,
  name: `Alert ${id}`,
  kind: 'alert',
  state: 'healthy',
  sourceState: 'Not triggered',
  summary: 'not triggered',
  active: true,
  owners: [],
});

const dashboard = (
  id: string,
  overrides: Partial<LakehouseDashboard> = {},
): LakehouseDashboard => ({
  connection: 'bi',
  id,
  title: `Dashboard ${id}`,
  published: true,
  owners: [],
  observedAt: at(0),
  charts: [],
  datasets: [],
  ...overrides,
});

const alerts = (
  seconds: number,
  ids: string[],
  rest: { partial?: string; alertsOff?: boolean } = {},
): Observation => ({
  type: 'AlertsObserved',
  connection: 'bi',
  at: at(seconds),
  alerts: ids.map(alert),
  ...rest,
});

const runs = (...told: AlertRun[]): Observation => ({
  type: 'AlertRunsObserved',
  connection: 'bi',
  alertId: '1',
  runs: told,
});

onEachDatabase('DashboardInventory', current => {
  const record = (...observations: Observation[]) =>
    current().store.record(observations);
  const inventory = () => current().store.dashboards;

  it('forgets alerts that the newest listing does not have, whatever comes late', async () => {
    expect(await inventory().alerts('bi')).toBeUndefined();
    await record(alerts(10, ['1', '2']));
    await record(alerts(20, ['2', '3'], { partial: 'some are hidden' }));
    await record(alerts(10, ['1', '2']), alerts(5, ['0']));
    expect(await inventory().alerts('bi')).toEqual({
      at: at(20),
      alerts: [alert('2'), alert('3')],
      partial: 'some are hidden',
    });
    await record(alerts(30, [], { alertsOff: true }));
    expect(await inventory().alerts('bi')).toEqual({
      at: at(30),
      alerts: [],
      alertsOff: true,
    });
    expect(await inventory().alerts('other')).toBeUndefined();
  });

  it('merges runs of an alert by id and keeps how they ended', async () => {
    const run = (id: string, more: Partial<AlertRun> = {}): AlertRun => ({
      id,
      state: 'running',
      startedAt: at(Number(id)),
      ...more,
    });
    const ended = run('2', { state: 'fired', endedAt: at(9), value: 3 });
    await record(runs(run('1'), ended));
    await record(runs(run('2'), run('3')));
    await record({ ...runs(run('7')), alertId: '2' } as Observation);
    expect(await inventory().alertRuns('bi', '1')).toEqual([
      run('3'),
      ended,
      run('1'),
    ]);
    await record(
      runs(
        ...Array.from({ length: 60 }, (_, index) => run(String(100 + index))),
      ),
    );
    const newest = await inventory().alertRuns('bi', '1');
    expect(newest).toHaveLength(50);
    expect(newest[0].id).toBe('159');
  });

  it('finds the dashboards that read a table, of the connections asked', async () => {
    const reading = dashboard('1', {
      datasets: [
        {
          id: '5',
          name: 'sales',
          database: 'trino',
          table: TABLE,
          reads: 'gold.x',
        },
      ],
    });
    const observed = (
      connection: string,
      dashboards: LakehouseDashboard[],
    ): Observation => ({
      type: 'DashboardsObserved',
      connection,
      at: at(10),
      dashboards,
    });
    await record(
      observed('bi', [reading, dashboard('2')]),
      observed('other-bi', [{ ...reading, connection: 'other-bi' }]),
    );
    expect((await inventory().dashboards('bi'))?.dashboards).toHaveLength(2);
    expect(await inventory().dashboardsReading(['bi'], TABLE)).toEqual([
      reading,
    ]);
    expect(
      await inventory().dashboardsReading(['bi', 'other-bi'], TABLE),
    ).toHaveLength(2);
    expect(
      await inventory().dashboardsReading(['bi'], { ...TABLE, table: 'x' }),
    ).toEqual([]);
    expect(await inventory().dashboardsReading([], TABLE)).toEqual([]);
  });
});
