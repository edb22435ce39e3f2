import { expect, test } from '@playwright/test';
import { openAs } from './support/signIn';
import { SupersetAdmin } from './support/superset';
import { query } from './support/trino';

const DASHBOARD = '/catalog/default/resource/sales-dashboard/lakehouse';
const CHART = 'Orders by priority';

/** Superset runs with `--split-cache`: it answers that it invalidated, and removes nothing. */
test('a split cache is reported as nothing removed @split-cache', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const superset = await SupersetAdmin.signIn();
  await superset.warm((await superset.charts('orders')).get(CHART) ?? 0);
  await query(
    'insert into iceberg.lake.daily_sales select * from iceberg.lake.daily_sales limit 1',
  );
  await openAs(page, 'olivia', `${DASHBOARD}?view=dashboards`);
  const row = page.getByRole('row').filter({ hasText: CHART }).first();
  await expect(row.getByText('Outdated')).toBeVisible({ timeout: 180_000 });
  await row.getByRole('button', { name: 'Drop from cache' }).click();
  const drawer = page.getByRole('dialog').last();
  await drawer
    .getByRole('button', { name: /Drop|Invalidate/ })
    .last()
    .click();
  await expect(drawer.getByText(/Nothing was removed/).first()).toBeVisible({
    timeout: 90_000,
  });
  await expect(drawer.getByText(/CACHE_KEY_PREFIX/).first()).toBeVisible();
});
