import { expect, Page, test } from '@playwright/test';
import { openAs } from './support/signIn';
import { query, startStatement } from './support/trino';

const CLUSTER_TAB = '/catalog/default/resource/analytics-cluster/lakehouse';
const SMALL_FILES = 'iceberg.lake.events_small_files';
const STALE = 'iceberg.lake.orders_stale_stats';
const LONG_QUERY =
  'select count(*) from tpch.sf100.lineitem a join tpch.sf100.orders b on a.orderkey = b.orderkey';

const rowOf = (page: Page, text: string) =>
  page.getByRole('row').filter({ hasText: text });

/** The table's own entity, at the Lakehouse tab. */
const tableTab = (entity: string) =>
  `/catalog/default/resource/${entity}/lakehouse`;

/** Settles when the page has asked to be told of changes: from then on it is live. */
function listensToSignals(page: Page): Promise<void> {
  return new Promise(resolve => {
    page.on('websocket', socket =>
      socket.on('framesent', ({ payload }) => {
        if (String(payload).includes('"lakehouse"')) resolve();
      }),
    );
  });
}

/** A query that someone starts must be on the screen within this time. */
const SEEN_WITHIN_MS = 5_000;

/**
 * Starts a long query and waits until its row is there. A busy machine may
 * hold up one look; a product that is slow misses all of them.
 */
async function startUntilSeen(page: Page) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const source = `e2e-long-${Date.now()}`;
    const started = Date.now();
    const victim = await startStatement(LONG_QUERY, { user: 'alice', source });
    const row = rowOf(page, source);
    try {
      await expect(row).toBeVisible({ timeout: SEEN_WITHIN_MS });
    } catch (error) {
      await killFromOutside(victim.queryId);
      await victim.ended;
      if (attempt === 3) throw error;
      continue;
    }
    console.log(`  seen ${Date.now() - started} ms after its start`);
    return { row, victim };
  }
  throw new Error('unreachable');
}

async function killFromOutside(queryId: string): Promise<void> {
  await query(
    `call system.runtime.kill_query(query_id => '${queryId}', message => 'end of test')`,
  );
}

async function dataFiles(table: string): Promise<number> {
  const [catalog, schema, name] = table.split('.');
  const rows = await query(
    `select count(*) from "${catalog}"."${schema}"."${name}$files"`,
  );
  return Number(rows[0][0]);
}

test.describe('on call', () => {
  test('kills a long query, and its client is told why', async ({ page }) => {
    const live = listensToSignals(page);
    await openAs(page, 'olivia', `${CLUSTER_TAB}?view=queries`);
    await expect(page.getByRole('row').first()).toBeVisible({
      timeout: 60_000,
    });
    await live;

    const { row, victim } = await startUntilSeen(page);

    const message = 'Blocks the nightly export, please run it tomorrow';
    await row.getByRole('button', { name: 'Kill', exact: true }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(/Message/).fill(message);
    await expect(drawer.getByText(/alice/).first()).toBeVisible();
    await drawer
      .getByRole('button', { name: `Kill query ${victim.queryId}` })
      .click();

    const { error } = await victim.ended;
    expect(error?.errorName).toBe('ADMINISTRATIVELY_KILLED');
    expect(error?.message).toContain(message);
    await expect(drawer.getByText('Done, and verified')).toBeVisible({
      timeout: 30_000,
    });

    await drawer.getByRole('link', { name: 'Open the run page' }).click();
    await expect(page).toHaveURL(/\/runbooks\/runs\//);
    await expect(page.getByText('Done, and verified').first()).toBeVisible();
  });

  test('compacts the table of many small files', async ({ page }) => {
    expect(await dataFiles(SMALL_FILES)).toBeGreaterThanOrEqual(300);
    await openAs(page, 'olivia', tableTab('events-small-files'));
    await page
      .getByRole('button', { name: /^Compact/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer
      .getByRole('button', { name: `Compact ${SMALL_FILES}` })
      .click();
    await expect(drawer.getByText('Done, and verified')).toBeVisible({
      timeout: 90_000,
    });
    await drawer
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();

    expect(await dataFiles(SMALL_FILES)).toBeLessThanOrEqual(10);
    const files = page
      .getByRole('definition')
      .and(page.locator('dt:has-text("Data files") + dd'));
    await expect
      .poll(
        async () => Number((await files.textContent())?.match(/\d+/)?.[0]),
        {
          timeout: 30_000,
        },
      )
      .toBeLessThanOrEqual(10);
  });

  test('refreshes stale statistics', async ({ page }) => {
    await openAs(page, 'olivia', tableTab('orders'));
    await expect(page.getByText(/Statistics are stale/).first()).toBeVisible({
      timeout: 60_000,
    });
    await page
      .getByRole('button', { name: 'Refresh statistics' })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer
      .getByRole('button', { name: `Refresh statistics ${STALE}` })
      .click();
    await expect(drawer.getByText('Done, and verified')).toBeVisible({
      timeout: 90_000,
    });
    await drawer
      .getByRole('button', { name: 'Close', exact: true })
      .last()
      .click();
    await expect(page.getByText(/Statistics are fresh/).first()).toBeVisible({
      timeout: 30_000,
    });
  });
});

test.describe('a developer', () => {
  test('is told why she may not kill', async ({ page }) => {
    const source = `e2e-refused-${Date.now()}`;
    const victim = await startStatement(LONG_QUERY, { user: 'bob', source });
    try {
      await openAs(page, 'alice', `${CLUSTER_TAB}?view=queries`);
      const row = rowOf(page, source);
      const kill = row.getByRole('button', { name: 'Kill', exact: true });
      await expect(kill).toHaveAttribute('aria-disabled', 'true', {
        timeout: 60_000,
      });
      await kill.focus();
      await page.keyboard.press('Enter');
      const why = page.getByRole('dialog', { name: 'Why not: Kill' });
      await expect(why).toContainText('runbooks.run.execute');
      await expect(why).toContainText('team-data-platform');
    } finally {
      await killFromOutside(victim.queryId);
      await victim.ended;
    }
  });
});
