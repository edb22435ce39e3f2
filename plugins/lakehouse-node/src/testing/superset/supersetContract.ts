import { setTimeout as sleep } from 'node:timers/promises';
import type { SupersetContractTarget } from './SupersetContractTarget';

const TEST_TIMEOUT_MS = 120_000;
const UNKNOWN_ID = '987654';
const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * What every Superset connection must do, as Jest tests. One and the same suite runs on
 * the sandbox and on real servers: where the two differ, the sandbox is wrong.
 *
 * @public
 */
export function supersetContract(options: {
  name: string;
  open: () => Promise<SupersetContractTarget>;
}) {
  describe(`the Superset connection contract on ${options.name}`, () => {
    let opened: SupersetContractTarget | undefined;

    jest.setTimeout(TEST_TIMEOUT_MS);

    beforeAll(async () => {
      opened = await options.open();
    });

    afterAll(async () => {
      await opened?.close();
    });

    const target = () => {
      if (!opened) throw new Error('The target of the contract is not open.');
      return opened;
    };

    it('says what the account may do and what is offered', async () => {
      const probed = await target().connection.capabilities();
      const available = new Map(
        probed.capabilities.map(one => [one.id, one.available]),
      );
      expect(Object.fromEntries(available)).toMatchObject({
        'dashboards.read': true,
        'charts.read': true,
        'datasets.read': true,
        'alerts.read': true,
        'alerts.log': true,
        'alerts.write': true,
        'cache.invalidate': true,
        'cache.warm': true,
        csrf: true,
        'datasources.all': true,
      });
      expect(available.has('alerts.execute')).toBe(true);
      for (const one of probed.capabilities.filter(own => !own.available)) {
        expect(one).toMatchObject({
          reason: expect.stringMatching(/\w/),
          remedy: expect.stringMatching(/\w/),
        });
      }
      expect(probed.version).toEqual(expect.any(String));
      expect(target().connection.status().available).toBe(true);
    });

    it('lists dashboards, charts and datasets, each once', async () => {
      const { connection, dashboardId, chartId, datasetId } = target();
      const [dashboards, charts, datasets] = await Promise.all([
        connection.dashboards(),
        connection.charts(),
        connection.datasets(),
      ]);
      for (const list of [dashboards, charts, datasets]) {
        expect(list.incomplete).toBeUndefined();
        expect(new Set(list.items.map(one => one.id)).size).toBe(list.total);
      }
      const dashboard = dashboards.items.find(one => one.id === dashboardId);
      expect(dashboard).toMatchObject({
        published: true,
        uuid: expect.any(String),
        title: expect.any(String),
        changedAt: expect.stringMatching(ISO_UTC),
      });
      expect(dashboard?.path).toMatch(/^\//);
      expect(charts.items.find(one => one.id === chartId)).toMatchObject({
        datasetId,
        dashboardIds: expect.arrayContaining([dashboardId]),
      });
      expect(datasets.items.find(one => one.id === datasetId)).toMatchObject({
        database: expect.any(String),
        schema: expect.any(String),
      });
    });

    it('marks a list, the same as long as nothing changed', async () => {
      const { connection } = target();
      for (const kind of ['dashboards', 'charts', 'datasets'] as const) {
        const first = await connection.mark(kind);
        const list = await connection[kind]();
        expect(first.total).toBe(list.total);
        expect(first.newest).toMatch(/^\d+@.*\d/);
        expect(await connection.mark(kind)).toEqual(first);
      }
    });

    it('tells the charts of one dashboard, and what is made of a dataset', async () => {
      const { connection, dashboardId, chartId, datasetId } = target();
      const charts = await connection.charts({ dashboardId });
      expect(charts.items.map(one => one.id)).toContain(chartId);
      expect(
        charts.items.every(one => one.dashboardIds.includes(dashboardId)),
      ).toBe(true);
      const use = await connection.datasetUse(datasetId);
      expect(use.charts.map(one => one.id)).toContain(chartId);
      expect(use.dashboards.map(one => one.id)).toContain(dashboardId);
    });

    it('finds a dashboard by id and uuid, and a dataset by id', async () => {
      const { connection, dashboardId, datasetId } = target();
      const byId = await connection.dashboard(dashboardId);
      const byUuid = await connection.dashboard(String(byId.uuid));
      expect(byUuid.id).toBe(dashboardId);
      expect((await connection.dataset(datasetId)).id).toBe(datasetId);
    });

    it('knows what is not there', async () => {
      const { connection } = target();
      const asked = [
        () => connection.dashboard(UNKNOWN_ID),
        () => connection.dataset(UNKNOWN_ID),
        () => connection.alert(UNKNOWN_ID),
        () => connection.chartCache(UNKNOWN_ID),
        () => connection.warmChart(UNKNOWN_ID),
        () => connection.setAlertSchedule(UNKNOWN_ID, '0 0 1 1 *'),
      ];
      for (const ask of asked) {
        await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError' });
      }
    });

    it('tells alerts with times in UTC, and their log newest first', async () => {
      const { connection, alertId } = target();
      const listed = await connection.alerts();
      expect(listed.off).toBeUndefined();
      expect(listed.items.find(one => one.id === alertId)).toMatchObject({
        type: 'alert',
        active: true,
        lastState: expect.any(String),
        lastEvaluatedAt: expect.stringMatching(ISO_UTC),
        crontab: expect.stringMatching(/\*/),
      });
      const alert = await connection.alert(alertId);
      expect(alert).toMatchObject({
        validator: { op: expect.any(String) },
        workingTimeoutSeconds: expect.any(Number),
      });
      const log = await connection.alertLog(alertId);
      expect(log.length).toBeGreaterThan(0);
      expect(log[0]).toMatchObject({
        state: expect.any(String),
        executionId: expect.any(String),
        startedAt: expect.stringMatching(ISO_UTC),
      });
      const starts = log.map(row => String(row.startedAt));
      expect(starts).toEqual([...starts].sort().reverse());
      // A clock in another zone would be hours away.
      const ageMs = Date.now() - Date.parse(starts[0]);
      expect(Math.abs(ageMs)).toBeLessThan(3_000_000);
      expect(await connection.alertLog(alertId, { limit: 1 })).toHaveLength(1);
    });

    it('changes the schedule of an alert, and back', async () => {
      const { connection, alertId } = target();
      const before = await connection.alert(alertId);
      await connection.setAlertSchedule(alertId, '17 3 * * *');
      expect((await connection.alert(alertId)).crontab).toBe('17 3 * * *');
      await connection.setAlertSchedule(alertId, String(before.crontab));
      expect((await connection.alert(alertId)).crontab).toBe(before.crontab);
    });

    it('warms a chart, tells that it is cached, and has it forgotten', async () => {
      const { connection, chartId, datasetId, dashboardId } = target();
      // Superset stops at the first listed key that is gone: begin with none.
      await connection.invalidateDataset(datasetId);
      const beforeMs = Date.now();
      expect(await connection.warmChart(chartId, { dashboardId })).toEqual({
        ok: true,
      });
      const warm = await connection.chartCache(chartId);
      expect(warm).toMatchObject({
        state: 'cached',
        cachedAt: expect.stringMatching(ISO_UTC),
      });
      const cachedMs =
        warm.state === 'cached' ? Date.parse(String(warm.cachedAt)) : 0;
      expect(Math.abs(cachedMs - beforeMs)).toBeLessThan(60_000);
      await connection.invalidateDataset(datasetId);
      expect((await connection.chartCache(chartId)).state).toBe('not-cached');
      await connection.invalidateDataset(datasetId);
    });

    it('does not fill the cache by asking about it', async () => {
      const { connection, chartId, datasetId } = target();
      await connection.invalidateDataset(datasetId);
      expect((await connection.chartCache(chartId)).state).toBe('not-cached');
      // Neither at once nor later.
      expect((await connection.chartCache(chartId)).state).toBe('not-cached');
      await sleep(2500);
      expect((await connection.chartCache(chartId)).state).toBe('not-cached');
    });

    it('replaces what is cached by what is gone after a second', async () => {
      const { connection, chartId } = target();
      await connection.warmChart(chartId);
      expect((await connection.chartCache(chartId)).state).toBe('cached');
      expect((await connection.replaceChart(chartId)).state).toBe('not-cached');
      await sleep(2500);
      expect((await connection.chartCache(chartId)).state).toBe('not-cached');
    });

    it('accepts to forget what it does not know, without a word', async () => {
      await expect(
        target().connection.invalidateDataset(UNKNOWN_ID),
      ).resolves.toBeUndefined();
    });

    it('is refused with a wrong password, and does not try it again at once', async () => {
      const { stranger } = target();
      const first = await stranger.dashboards().catch(error => error);
      expect(first).toMatchObject({
        name: 'ConnectionDeniedError',
        status: 401,
        remedy: expect.stringContaining('auth.password'),
      });
      expect(await stranger.charts().catch(error => error)).toBe(first);
      expect(stranger.status().lastError).toBe(first);
    });

    it('stops when its caller stops', async () => {
      const { connection } = target();
      await expect(
        connection.charts({ signal: AbortSignal.abort() }),
      ).rejects.toMatchObject({ name: 'ConnectionAbortedError' });
    });
  });
}
