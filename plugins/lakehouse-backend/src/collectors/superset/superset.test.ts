import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { DefaultSupersetConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { startSupersetSandbox } from '@lakehouse-ops/sandbox';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { createSupersetCollectors } from './createSupersetCollectors';

const START_MS = Date.parse('2026-03-04T09:00:30Z');

async function setup(
  options: {
    user?: string;
    alerts?: boolean;
    collectors?: Record<string, string | number>;
    committedAt?: string;
  } = {},
) {
  const clock = { ms: START_MS };
  const sandbox = await startSupersetSandbox({
    port: 0,
    now: () => new Date(clock.ms),
    alerts: options.alerts,
  });
  const user = options.user ?? 'admin';
  const connection = DefaultSupersetConnection.create({
    now: () => clock.ms,
    config: {
      id: 'bi',
      title: 'Superset',
      url: sandbox.url,
      uiUrl: 'https://superset.example.com/',
      auth: { type: 'password', user, password: user, provider: 'db' },
      tls: {},
      databases: [
        { name: 'Lakehouse', trino: 'analytics', catalog: 'iceberg' },
      ],
      requestTimeoutMs: 5000,
      chartTimeoutMs: 5000,
      maxResponseBytes: 1_000_000,
      maxObjects: 500,
      capabilitiesTtlMs: 600_000,
      breaker: { failures: 5, reopenAfterMs: 1000 },
    },
  });
  const asked: string[] = [];
  const [alerts, dashboards] = createSupersetCollectors({
    connection,
    store: {
      table: async ({ table }) =>
        table === 'daily_sales' && options.committedAt
          ? ({ snapshot: { committedAt: options.committedAt } } as TableHealth)
          : undefined,
    },
    config: new ConfigReader({
      lakehouse: { collectors: { dashboards: options.collectors ?? {} } },
    }),
    logger: mockServices.logger.mock(),
    now: () => clock.ms,
  });
  return {
    sandbox,
    connection,
    asked,
    alerts,
    dashboards,
    pass: (minutes: number) => {
      clock.ms += minutes * 60_000;
    },
    async close() {
      await connection.close();
      await sandbox.close();
    },
  };
}

describe('the Superset collectors', () => {
  let world: Awaited<ReturnType<typeof setup>>;

  afterEach(async () => {
    await world.close();
  });

  it('tells alerts with what their states mean', async () => {
    world = await setup();
    const told = await collect(world.alerts);
    const [observed] = ofType(told, 'AlertsObserved');
    const byName = Object.fromEntries(
      observed.alerts.map(one => [one.name, one]),
    );
    expect(
      Object.fromEntries(observed.alerts.map(one => [one.name, one.state])),
    ).toEqual({
      'Revenue fell': 'fired',
      'Too many open orders': 'healthy',
      'Order prices': 'error',
      'Stock is low': 'not-evaluated',
      'Slow export': 'running',
      'Weekly sales': 'sent',
      'Old alert': 'inactive',
      'New Year': 'never-run',
    });
    expect(byName['Revenue fell']).toMatchObject({
      kind: 'alert',
      sourceState: 'Success',
      summary: 'fired 2026-03-04 09:00 UTC, value 3 is below 5',
      condition: '< 5',
      lastValue: 3,
      owners: ['Ada Admin'],
      uiUrl: 'https://superset.example.com/alert/1/log/',
    });
    expect(byName['Too many open orders'].summary).toBe(
      'not triggered 2026-03-04 09:00 UTC, value 3 is not above 100',
    );
    expect(byName['Order prices'].summary).toContain(
      'An error occurred when running alert query',
    );
    expect(byName['Stock is low'].summary).toMatch(
      /^not evaluated .* in its grace period, it fired 2026-03-04 08:56 UTC$/,
    );
    expect(observed.partial).toBeUndefined();
    expect(ofType(told, 'GapOpened')).toEqual([]);
  });

  it('tells runs: one for each execution, with how it ended', async () => {
    world = await setup();
    const told = await collect(world.alerts);
    const failing = ofType(told, 'AlertRunsObserved').find(
      one => one.alertId === '3',
    );
    expect(failing?.runs).toHaveLength(5);
    expect(failing?.runs[0]).toMatchObject({
      state: 'error',
      errorMessage: 'An error occurred when running alert query',
      endedAt: expect.any(String),
    });
  });

  it('reads pages and logs only of alerts that were evaluated since', async () => {
    world = await setup();
    await collect(world.alerts);
    expect(ofType(await collect(world.alerts), 'AlertRunsObserved')).toEqual(
      [],
    );
    world.pass(1);
    const told = await collect(world.alerts);
    expect(
      ofType(told, 'AlertRunsObserved')
        .map(one => one.alertId)
        .sort(),
    ).toEqual(['1', '2', '3', '4', '5']);
  });

  it('sees an alert begin to fire, and be healthy again', async () => {
    world = await setup();
    await collect(world.alerts);
    const alert = world.sandbox.world.alerts.get(2);
    if (!alert) throw new Error('The sandbox has no alert 2.');
    alert.value = 101;
    world.pass(1);
    const firing = ofType(await collect(world.alerts), 'TimelineObserved');
    const fired = firing.find(
      ({ event }) => event.subject === 'Too many open orders',
    );
    expect(fired?.event).toMatchObject({
      kind: 'alert-fired',
      severity: 'warning',
      at: '2026-03-04T09:01:00.190Z',
      title: "Alert 'Too many open orders' fired at 101.",
    });
    alert.value = 1;
    world.pass(2);
    const after = ofType(
      await collect(world.alerts),
      'TimelineObserved',
    ).filter(({ event }) => event.subject === 'Too many open orders');
    expect(after.map(({ event }) => [event.kind, event.until])).toEqual([
      ['alert-fired', '2026-03-04T09:02:00.190Z'],
      ['alert-cleared', undefined],
    ]);
    expect(after[0].event.id).toBe(fired?.event.id);
  });

  it('tells a run whose worker died as stuck, however often Superset finds it running', async () => {
    world = await setup();
    const alert = world.sandbox.world.alerts.get(5);
    if (!alert) throw new Error('The sandbox has no alert 5.');
    await collect(world.alerts);
    alert.workingTimeoutSeconds = 600;
    // Superset itself would end it at its next round.
    alert.crontab = '0 0 1 1 *';
    alert.changedMs += 1;
    world.pass(20);
    const [observed] = ofType(await collect(world.alerts), 'AlertsObserved');
    expect(observed.alerts.find(one => one.id === '5')).toMatchObject({
      state: 'stuck',
      summary: expect.stringContaining('stuck since 2026-03-04 08:56 UTC'),
    });
  });

  it('tells that alerts are switched off', async () => {
    world = await setup({ alerts: false });
    const told = await collect(world.alerts);
    expect(ofType(told, 'AlertsObserved')).toEqual([
      expect.objectContaining({ alerts: [], alertsOff: true }),
    ]);
    expect(ofType(told, 'GapOpened')).toEqual([]);
  });

  it('says that a list may be partial when the account sees not all', async () => {
    world = await setup({ user: 'own' });
    const told = [
      ...(await collect(world.alerts)),
      ...(await collect(world.dashboards)),
    ];
    expect(ofType(told, 'AlertsObserved')[0]).toMatchObject({
      alerts: [],
      partial: expect.stringMatching(/^This list may be partial: .*owns/),
    });
    const [observed] = ofType(told, 'DashboardsObserved');
    expect(observed.partial).toContain('may be partial');
    expect(observed.dashboards.map(one => one.title)).toEqual(['Customers']);
  });

  it('tells a gap with the missing right when the account may not read alerts', async () => {
    world = await setup({ user: 'gamma' });
    const told = await collect(world.alerts);
    expect(ofType(told, 'AlertsObserved')).toEqual([]);
    expect(ofType(told, 'GapOpened')[0].gap).toMatchObject({
      subject: 'alerts',
      code: 'forbidden',
      reason: expect.stringContaining('403'),
    });
  });

  it.each([
    ['html-login', 'bad-response', /HTML page .* asks for a login/],
    ['half-json', 'bad-response', /not whole JSON/],
  ] as const)('tells %s as a gap, and closes it after', async (...given) => {
    const [fault, code, reason] = given;
    world = await setup();
    world.sandbox.fail(fault, { path: /report/ });
    const told = await collect(world.alerts);
    expect(ofType(told, 'GapOpened').map(one => one.gap)).toEqual([
      expect.objectContaining({
        subject: 'alerts',
        code,
        reason: expect.stringMatching(reason),
      }),
    ]);
    const after = await collect(world.alerts);
    expect(ofType(after, 'GapClosed').map(one => one.subject)).toContain(
      'alerts',
    );
  });

  it('tells dashboards with the tables that they read', async () => {
    world = await setup();
    const [observed] = ofType(
      await collect(world.dashboards),
      'DashboardsObserved',
    );
    const sales = observed.dashboards.find(one => one.title === 'Sales');
    expect(sales).toMatchObject({
      id: '1',
      slug: 'sales',
      published: true,
      owners: ['Ada Admin'],
      uiUrl: 'https://superset.example.com/superset/dashboard/sales/',
    });
    const datasets = Object.fromEntries(
      (sales?.datasets ?? []).map(one => [one.name, one]),
    );
    expect(datasets.daily_sales).toMatchObject({
      reads: 'iceberg.gold.daily_sales',
      table: {
        connection: 'analytics',
        catalog: 'iceberg',
        schema: 'gold',
        table: 'daily_sales',
      },
    });
    expect(datasets.orders_by_status).toMatchObject({
      reads: 'its own SQL, in lake',
      table: undefined,
    });
    const customers = observed.dashboards.find(one => one.id === '2');
    expect(customers?.datasets[0].table).toBeUndefined();
  });

  it('tells what is cached, since when, and what is older than its data', async () => {
    world = await setup({
      committedAt: '2026-03-04T09:00:00Z',
      collectors: { chartCache: 'sample' },
    });
    await world.connection.warmChart('1');
    world.pass(1);
    const charts = async () => {
      const [observed] = ofType(
        await collect(world.dashboards),
        'DashboardsObserved',
      );
      return Object.fromEntries(
        observed.dashboards.flatMap(one => one.charts.map(c => [c.name, c])),
      );
    };
    await charts();
    const told = await charts();
    expect(told['Revenue by region']).toMatchObject({
      cache: 'cached',
      cachedAt: '2026-03-04T09:00:30.000Z',
      dataChangedAt: '2026-03-04T09:00:00Z',
      outdated: false,
    });
    expect(told['Revenue by day']).toMatchObject({
      cache: 'not-cached',
      cacheTimeoutSeconds: 600,
      outdated: undefined,
    });
    expect(told['Order prices'].cache).toBe('unknown');
    expect(told['Customers, never saved'].cache).toBe('unknown');
  });

  it('leaves charts alone that were not cached, until something was changed', async () => {
    world = await setup({ collectors: { chartCache: 'all' } });
    await collect(world.dashboards);
    const { ran } = world.sandbox.world;
    expect(ran).toHaveLength(4);
    world.pass(2);
    await collect(world.dashboards);
    expect(ran).toHaveLength(4);
    world.pass(0.2);
    await collect(world.dashboards);
    expect(ran).toHaveLength(8);
  });

  it('asks nothing of charts unless told so', async () => {
    world = await setup();
    const [observed] = ofType(
      await collect(world.dashboards),
      'DashboardsObserved',
    );
    expect(world.sandbox.world.ran).toEqual([]);
    expect(
      observed.dashboards.flatMap(one => one.charts.map(c => c.cache)),
    ).toEqual(Array(6).fill('unknown'));
  });

  it('refuses settings that make no sense', async () => {
    world = await setup();
    await expect(setup({ collectors: { chartCache: 'some' } })).rejects.toThrow(
      /chartCache is 'some'/,
    );
    await expect(setup({ collectors: { maxAlertDetails: 0 } })).rejects.toThrow(
      /maxAlertDetails is 0/,
    );
  });
});
