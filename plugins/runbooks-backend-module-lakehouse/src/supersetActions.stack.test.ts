import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import {
  DefaultSupersetConnection,
  readSupersetConnectionsConfig,
  type SupersetConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  startSupersetSandbox,
  type SupersetSandbox,
} from '@lakehouse-ops/sandbox';
import { startRunbooks } from './__testUtils__/startRunbooks';

jest.setTimeout(300_000);

/** Set by `node stack/cli.mjs env`: then the suite runs on a real Superset as well. */
const {
  STACK_SUPERSET_URL: stackUrl,
  STACK_SUPERSET_USER: stackUser = 'admin',
  STACK_SUPERSET_PASSWORD: stackPassword = 'admin',
} = process.env;

function configOf(url: string, user: string, password: string): JsonObject {
  return {
    lakehouse: {
      superset: {
        connections: [{ id: 'bi', url, auth: { user, password } }],
      },
    },
  };
}

interface Target {
  readonly name: string;
  open(): Promise<{
    config: JsonObject;
    sandbox?: SupersetSandbox;
    close(): Promise<void>;
  }>;
}

const targets: Target[] = [
  {
    name: 'the sandbox',
    open: async () => {
      const sandbox = await startSupersetSandbox({ port: 0 });
      return {
        config: configOf(sandbox.url, 'admin', 'admin'),
        sandbox,
        close: () => sandbox.close(),
      };
    },
  },
  ...(stackUrl
    ? [
        {
          name: 'a real Superset',
          open: async () => ({
            config: configOf(stackUrl, stackUser, stackPassword),
            close: async () => {},
          }),
        },
      ]
    : []),
];

/** A dashboard whose charts can all be computed, and a chart of it. */
async function findWorking(superset: SupersetConnection) {
  const { items } = await superset.charts();
  for (const { id } of (await superset.dashboards()).items) {
    const charts = items.filter(one => one.dashboardIds.includes(id));
    const [chart] = charts;
    if (!chart?.datasetId) continue;
    const warmed = await Promise.all(
      charts.map(one => superset.warmChart(one.id)),
    );
    if (warmed[0].ok) {
      return {
        dashboardId: id,
        chartId: chart.id,
        datasetId: chart.datasetId,
        charts: charts.length,
        failing: warmed.filter(one => !one.ok).length,
      };
    }
  }
  throw new Error('No dashboard has a chart that can be computed.');
}

describe.each(targets)('the Superset actions on $name', target => {
  let opened: Awaited<ReturnType<Target['open']>>;
  let superset: SupersetConnection;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;
  let found: Awaited<ReturnType<typeof findWorking>>;

  beforeAll(async () => {
    opened = await target.open();
    const [config] = readSupersetConnectionsConfig(
      new ConfigReader(opened.config),
    );
    superset = DefaultSupersetConnection.create({ config });
    runbooks = await startRunbooks({ config: opened.config });
    found = await findWorking(superset);
  });

  afterAll(async () => {
    await superset.close();
    await opened.close();
  });

  const run = async (id: string, parameters: JsonObject) => {
    const preview = await runbooks.preview(id, {
      connection: 'bi',
      ...parameters,
    });
    const ended = await runbooks.ended((await runbooks.start(preview)).id);
    return { preview, ...ended };
  };

  it('has the cached answers of a dataset forgotten, and proves it', async () => {
    const { datasetId, chartId } = found;
    // Superset stops at the first listed key that is gone: begin with none.
    await superset.invalidateDataset(datasetId);
    await superset.warmChart(chartId);
    const { preview, run: ended } = await run('superset:invalidate-cache', {
      datasetId,
    });
    const cached = Number(preview.content.changes[0].before);
    expect(cached).toBeGreaterThan(0);
    expect(preview.content.samples?.rows.join()).toMatch(/cached .* ago/);
    expect(ended).toMatchObject({
      state: 'succeeded',
      verification: {
        outcome: 'verified',
        metrics: [expect.objectContaining({ before: cached, after: 0 })],
      },
    });
    // The look that proved it left an answer behind for a second.
    await sleep(2200);
    const after = await superset.chartCache(chartId);
    expect(after.state).toBe('not-cached');
  });

  it('warms a dashboard chart by chart, and proves it', async () => {
    const { dashboardId, charts, failing, chartId } = found;
    const { lines, run: ended } = await run('superset:warm-dashboard', {
      dashboardId,
    });
    expect(lines).toContainEqual(expect.stringMatching(`^1 of ${charts}: `));
    expect(lines).toContainEqual(
      expect.stringMatching(`^${charts} of ${charts}: `),
    );
    expect(ended.verification).toMatchObject({
      outcome: failing > 0 ? 'not-verified' : 'verified',
      summary: expect.stringContaining(
        `${charts - failing} of ${charts} charts are warm.`,
      ),
    });
    expect((await superset.chartCache(chartId)).state).toBe('cached');
  });

  it('refuses what is not there', async () => {
    for (const [id, parameters] of [
      ['superset:invalidate-cache', { datasetId: '987654' }],
      ['superset:warm-dashboard', { dashboardId: '987654' }],
      ['superset:run-alert-now', { alertId: '987654' }],
    ] as const) {
      await expect(
        runbooks.preview(id, { connection: 'bi', ...parameters }),
      ).rejects.toMatchObject({
        cause: { message: expect.stringContaining('shows this account no') },
      });
    }
  });

  it('runs an alert by its schedule, and sets that back', async () => {
    const alerts = (await superset.alerts()).items;
    const alert = alerts.find(one => one.lastState === 'Not triggered');
    if (!alert) throw new Error('No alert is healthy.');
    const crontab = alert.crontab ?? '* * * * *';
    await superset.setAlertSchedule(alert.id, '7 3 1 1 *');
    try {
      await expect(
        runbooks.preview('superset:run-alert-now', {
          connection: 'bi',
          alertId: alert.id,
        }),
      ).rejects.toMatchObject({
        cause: { message: expect.stringContaining('no call that runs') },
      });
      const before = await superset.alertLog(alert.id, { limit: 1 });
      const { preview, run: ended } = await run('superset:run-alert-now', {
        alertId: alert.id,
        allowScheduleChange: true,
      });
      expect(preview.content.changes).toContainEqual(
        expect.objectContaining({ before: '7 3 1 1 *', after: '* * * * *' }),
      );
      expect(ended).toMatchObject({
        state: 'succeeded',
        verification: {
          outcome: 'verified',
          summary: expect.stringContaining('was evaluated and is healthy'),
        },
      });
      const after = await superset.alertLog(alert.id, { limit: 1 });
      expect(Number(after[0].id)).toBeGreaterThan(Number(before[0].id));
      expect((await superset.alert(alert.id)).crontab).toBe('7 3 1 1 *');
    } finally {
      await superset.setAlertSchedule(alert.id, crontab);
    }
  });

  it('sets the schedule back when the run is cancelled', async () => {
    const alerts = (await superset.alerts()).items;
    const alert = alerts.find(one => one.lastState === 'Not triggered');
    if (!alert) throw new Error('No alert is healthy.');
    const crontab = alert.crontab ?? '* * * * *';
    await superset.setAlertSchedule(alert.id, '7 3 1 1 *');
    try {
      const preview = await runbooks.preview('superset:run-alert-now', {
        connection: 'bi',
        alertId: alert.id,
        allowScheduleChange: true,
      });
      const { id } = await runbooks.start(preview);
      await runbooks.until(id, (_run, lines) =>
        lines.some(line => line.includes('is every minute now')),
      );
      await runbooks.client.cancelRun(id);
      const { lines } = await runbooks.ended(id);
      expect(lines).toContain('Its schedule is 7 3 1 1 * again');
      expect((await superset.alert(alert.id)).crontab).toBe('7 3 1 1 *');
    } finally {
      await superset.setAlertSchedule(alert.id, crontab);
    }
  });

  it('computes anew what Superset leaves cached, when told to', async () => {
    const { datasetId, chartId } = found;
    const others = (await superset.datasetUse(datasetId)).charts
      .map(({ id }) => id)
      .filter(id => id !== chartId);
    await superset.invalidateDataset(datasetId);
    // Listed twice: Superset stops after the first, and leaves the others.
    await superset.warmChart(chartId);
    await superset.warmChart(chartId);
    for (const id of others) await superset.warmChart(id);
    const first = await run('superset:invalidate-cache', { datasetId });
    const cached = Number(first.preview.content.changes[0].before);
    expect(cached).toBeGreaterThan(1);
    expect(first.run.state).toBe('failed');
    expect(first.run.verification).toMatchObject({
      outcome: 'not-verified',
      summary: expect.stringMatching(
        /^Only a part was removed: .* listed twice/,
      ),
    });
    const again = await run('superset:invalidate-cache', {
      datasetId,
      recomputeRest: true,
    });
    expect(again.run).toMatchObject({
      state: 'succeeded',
      verification: {
        outcome: 'verified',
        summary: expect.stringContaining('computed anew instead'),
      },
    });
  });

  // The stack's Superset is split only when it is started so.
  if (target.name === 'the sandbox') {
    it('reports that nothing was removed where the cache is split', async () => {
      const cache = opened.sandbox?.world.cache;
      if (!cache) throw new Error('There is no sandbox.');
      cache.split = true;
      await superset.warmChart(found.chartId);
      const { run: ended } = await run('superset:invalidate-cache', {
        datasetId: found.datasetId,
      });
      cache.split = false;
      expect(ended.state).toBe('failed');
      expect(ended.verification).toMatchObject({
        outcome: 'not-verified',
        summary: expect.stringMatching(
          /^Nothing was removed: .*CACHE_KEY_PREFIX.*STORE_CACHE_KEYS_IN_METADATA_DB/,
        ),
      });
    });
  }
});
