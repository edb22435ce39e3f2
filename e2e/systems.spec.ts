import { expect, type Page, test } from '@playwright/test';
import type { WaitingApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { Person } from './support/Person';
import { PersonalApi } from './support/personalApi';
import { countKeys, fillKeys, openRedisCluster } from './support/redisCluster';
import { openAs } from './support/signIn';
import { SupersetAdmin } from './support/superset';
import { query, startStatement } from './support/trino';

const DASHBOARD = '/catalog/default/resource/sales-dashboard/lakehouse';
const CLUSTER = '/catalog/default/resource/analytics-cluster/lakehouse';
const CACHE = '/catalog/default/resource/personal-api-cache/lakehouse';
const CLUSTER_CACHE = '/catalog/default/resource/cache-cluster/lakehouse';
/** What the stack's dashboard `orders` shows. */
const CHART = 'Orders by status';

const rowOf = (page: Page, text: string) =>
  page.getByRole('row').filter({ hasText: text });

/** Presses the last button of a drawer that shows its preview, and waits for the proof. */
async function runAndVerify(page: Page, button: RegExp, timeoutMs = 60_000) {
  const drawer = page.getByRole('dialog').last();
  await drawer.getByRole('button', { name: button }).last().click();
  await expect(drawer.getByText('Done, and verified')).toBeVisible({
    timeout: timeoutMs,
  });
  return drawer;
}

/** Agrees, as somebody else, to the run of a runbook that waits for that. */
async function agree(runbookId: string) {
  const owen = await Person.signIn('owen');
  await expect
    .poll(
      async () => {
        const { text } = await owen.runbooks('approvals');
        const { items }: { items: WaitingApproval[] } = JSON.parse(text);
        const asked = items.find(({ run }) => run.runbookId === runbookId);
        if (asked?.run.waitingFor?.kind !== 'approval') return 0;
        const { previewHash } = asked.run.waitingFor;
        const answer = await owen.runbooks(`runs/${asked.run.id}/approvals`, {
          decision: 'approved',
          previewHash,
        });
        return answer.status;
      },
      { timeout: 60_000 },
    )
    .toBe(200);
}

test.describe('dashboards', () => {
  test('finds a chart that shows old data, and drops it from the cache', async ({
    page,
  }) => {
    const superset = await SupersetAdmin.signIn();
    const chart = (await superset.charts('orders')).get(CHART);
    expect(chart).toBeDefined();
    await superset.warm(chart ?? 0);
    await query(
      `insert into iceberg.lake.daily_sales select * from iceberg.lake.daily_sales limit 1`,
    );
    await openAs(page, 'olivia', `${DASHBOARD}?view=dashboards`);
    const row = rowOf(page, CHART).first();
    await expect(row.getByText('Outdated')).toBeVisible({ timeout: 120_000 });
    await row.getByRole('button', { name: 'Drop from cache' }).click();
    const drawer = await runAndVerify(page, /Drop|Invalidate/);
    await drawer
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();
    await expect(row.getByText(/Not cached|^Cached$/)).toBeVisible({
      timeout: 120_000,
    });
  });

  test('sees an alert within a minute of its firing', async ({ page }) => {
    test.setTimeout(300_000);
    const superset = await SupersetAdmin.signIn();
    const chart = (await superset.charts('orders')).get(CHART) ?? 0;
    const name = `Too few orders ${Date.now()}`;
    const id = await superset.createFiringAlert(name, chart);
    try {
      await openAs(page, 'olivia', `${DASHBOARD}?view=dashboards`);
      const card = page.getByRole('button', {
        name: new RegExp(`^Fired ?${name}`),
      });
      await expect(card).toBeVisible({ timeout: 240_000 });
      const seenAt = Date.now();
      const firedAt = await superset.firedAt(id);
      const lateMs = seenAt - (firedAt?.getTime() ?? 0);
      console.log(`  seen ${Math.round(lateMs / 1000)} s after it fired`);
      expect(lateMs).toBeLessThan(60_000);
      await expect(card).toContainText('value 3 is below 5');
    } finally {
      await superset.remove(id);
    }
  });
});

test.describe('caches', () => {
  test('flushes a prefix of a cluster, and tells what is gone when it is cancelled', async ({
    page,
  }) => {
    test.setTimeout(300_000);
    const cluster = openRedisCluster();
    try {
      await fillKeys(cluster, 'report:', 100_000);
      await fillKeys(cluster, 'other:', 200_000);
      await openAs(page, 'olivia', `${CLUSTER_CACHE}?view=cache`);
      const row = rowOf(page, 'report').first();
      await expect(row).toBeVisible({ timeout: 120_000 });
      await row.getByRole('button', { name: 'Flush', exact: true }).click();
      const drawer = page.getByRole('dialog').last();
      await expect(drawer.getByText(/^Removes 100,000 keys/)).toBeVisible({
        timeout: 60_000,
      });
      await drawer
        .getByRole('button', { name: /^Flush/ })
        .last()
        .click();
      await expect(
        drawer.getByText(/keys removed, \d+ % looked at/).first(),
      ).toBeVisible({ timeout: 60_000 });
      await drawer
        .getByRole('button', { name: /Cancel/ })
        .last()
        .click({ timeout: 30_000 });
      await expect(drawer.getByText(/keys are gone/).first()).toBeVisible({
        timeout: 60_000,
      });
      const told = await drawer
        .getByText(/keys are gone/)
        .first()
        .textContent();
      const gone = Number(
        /([\d,]+) keys are gone/.exec(told ?? '')?.[1].replace(/,/g, ''),
      );
      expect(gone).toBeGreaterThan(0);
      expect(gone).toBeLessThan(100_000);
      expect(await countKeys(cluster, 'report:')).toBe(100_000 - gone);
      await drawer
        .getByRole('button', { name: 'Close', exact: true })
        .last()
        .click();

      await row.getByRole('button', { name: 'Flush', exact: true }).click();
      const ended = await runAndVerify(page, /^Flush/, 120_000);
      await expect(ended.getByText(/none is left/).first()).toBeVisible();
      expect(await countKeys(cluster, 'report:')).toBe(0);
      expect(await countKeys(cluster, 'other:')).toBe(200_000);
    } finally {
      await cluster.quit();
    }
  });

  test('detects a stampede of the example service, with its key', async ({
    page,
  }) => {
    test.setTimeout(300_000);
    const api = await PersonalApi.start();
    try {
      const { hotPath } = await api.stampede(20);
      const days = /days=(\d+)/.exec(hotPath)?.[1];
      await openAs(page, 'olivia', `${CACHE}?view=cache`);
      const stampede = page
        .getByRole('table', { name: 'Stampedes' })
        .getByRole('row')
        .nth(1);
      await expect(stampede).toBeVisible({ timeout: 120_000 });
      await stampede.click();
      const drawer = page.getByRole('dialog').last();
      await expect(drawer).toContainText(new RegExp(`activity.*${days}`));
    } finally {
      await api.stop();
    }
  });
});

test.describe('the gateway', () => {
  test('drains a backend and brings it back', async ({ page }) => {
    test.setTimeout(300_000);
    await openAs(page, 'olivia', CLUSTER);
    const row = rowOf(page, 'trino-etl').first();
    await expect(row).toBeVisible({ timeout: 120_000 });
    const running = await startStatement(
      'select count(*) from tpch.sf1.lineitem',
      { user: 'alice', source: 'e2e-gateway' },
    );
    await row.getByRole('button', { name: 'Drain' }).click();
    // Of high risk: somebody else has to agree.
    const [drawer] = await Promise.all([
      runAndVerify(page, /Request approval/, 120_000),
      agree('gateway:deactivate-backend'),
    ]);
    await drawer
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();
    await running.ended;
    await row
      .getByRole('button', { name: 'Bring back' })
      .click({ timeout: 60_000 });
    const back = await runAndVerify(page, /Activate|Bring back/, 120_000);
    await back
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();
    await expect(row.getByRole('button', { name: 'Drain' })).toBeVisible({
      timeout: 60_000,
    });
  });
});
