import { type Browser, expect, type Page, test } from '@playwright/test';
import type {
  GatewayView,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { RunPage } from '@lakehouse-ops/plugin-runbooks-common';
import { CHECKOUT_PREFIX, CheckoutService } from './support/CheckoutService';
import { Person } from './support/Person';
import { RestartedTrino } from './support/RestartedTrino';
import {
  APPROVER,
  getRun,
  MINUTE_MS,
  OPERATOR,
  POLL_MS,
  read,
} from './support/runs';
import { openAs } from './support/signIn';
import { required } from './support/superset';

const SLO = 'resource.default.checkout-cache.checkout-hits';
const SLO_TITLE = 'The cache answers Checkout';
/** What the gateway calls the second Trino. */
const BACKEND = 'trino-etl';

test.use({ actionTimeout: MINUTE_MS });

let trino: RestartedTrino;

// Early, since the backend looks only now and then for what did not answer.
test.beforeAll(async () => {
  trino = await RestartedTrino.begin();
});

test.afterAll(() => trino.end());

/** Presses the button of a runbook's drawer once its preview is there. @returns the run's id, its page open */
async function requestApproval(page: Page, olivia: Person): Promise<string> {
  const drawer = page.getByRole('dialog').last();
  const request = drawer.getByRole('button', { name: /^Request approval/ });
  await expect(request).toBeEnabled({ timeout: 2 * MINUTE_MS });
  const before = read<RunPage>(await olivia.runbooks('runs?limit=1'));
  await request.click();
  await expect(
    drawer.getByText('Waits for approval: 0 of 1').first(),
  ).toBeVisible({ timeout: MINUTE_MS });
  const { items, total } = read<RunPage>(await olivia.runbooks('runs?limit=1'));
  expect(total).toBe(before.total + 1);
  await page.goto(`/runbooks/runs/${items[0].id}`);
  await expect(
    page.getByText(/You started this run, so you can.t approve it/),
  ).toBeVisible({ timeout: MINUTE_MS });
  await expect(
    page.getByRole('button', { name: 'Approve', exact: true }),
  ).toHaveCount(0);
  return items[0].id;
}

const toBeApproved = (page: Page) =>
  page.getByRole('region', { name: 'What is to be approved' });

/** Somebody else finds the run among their approvals, sees the same preview and agrees. */
async function approveAsOther(browser: Browser, page: Page, title: string) {
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await openAs(
      other,
      APPROVER,
      `${required('E2E_APP_URL')}/runbooks/approvals`,
    );
    await other
      .getByRole('region', { name: 'Waiting for you' })
      .getByRole('link', { name: title })
      .click({ timeout: MINUTE_MS });
    await expect(toBeApproved(other)).toHaveText(
      (await toBeApproved(page).textContent()) ?? '',
      { timeout: MINUTE_MS },
    );
    await other.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(toBeApproved(other)).toHaveCount(0, { timeout: MINUTE_MS });
  } finally {
    await context.close();
  }
}

test('a cache stampede, from the alert to its end', async ({
  page,
  browser,
}) => {
  test.setTimeout(15 * MINUTE_MS);
  const olivia = await Person.signIn(OPERATOR);
  const readSlo = async () =>
    read<SloView>(await olivia.lakehouse(`slos/${SLO}`));
  const alertState = async () => {
    const answer = await olivia.lakehouse(`slos/${SLO}`);
    // Right after the start its file is not read yet.
    if (answer.status === 404) return 'not read yet';
    const { alerts, sentence } = read<SloView>(answer);
    return alerts[0]?.state ?? sentence;
  };
  const service = await CheckoutService.start();
  try {
    service.stampede();
    await expect
      .poll(alertState, { timeout: 5 * MINUTE_MS, intervals: [POLL_MS] })
      .toBe('firing');

    await openAs(page, OPERATOR, '/notifications');
    // By its link: one that comes while the page is open is also shown in passing.
    await page
      .getByRole('link', { name: new RegExp(`${SLO_TITLE}.* fires`) })
      .first()
      .click({ timeout: MINUTE_MS });
    await page
      .getByRole('list', { name: 'Suggested runbooks' })
      .getByRole('listitem')
      .filter({ hasText: 'Cache stampede' })
      .getByRole('button', { name: 'Stop the stampede' })
      .click({ timeout: MINUTE_MS });
    const drawer = page.getByRole('dialog').last();
    await expect(drawer.getByLabel(/^Cache/)).toHaveValue('cache');
    await expect(drawer.getByLabel(/^Key prefix/)).toHaveValue(CHECKOUT_PREFIX);
    const id = await requestApproval(page, olivia);
    await approveAsOther(browser, page, 'Cache stampede');

    const goOn = page.getByRole('button', { name: 'Done, go on' });
    await expect(goOn).toBeVisible({ timeout: 2 * MINUTE_MS });
    const { steps } = await getRun(olivia, id);
    expect(steps.find(step => step.id === 'spread/verify')).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    service.protect();
    await page.getByLabel(/^What was changed/).fill('Loads are shared now');
    await goOn.click();
    await expect(page.getByText('Done, and verified').first()).toBeVisible({
      timeout: 5 * MINUTE_MS,
    });
    const proof = (await getRun(olivia, id)).steps.find(
      step => step.id === 'calm/verify',
    )?.verification;
    const ratio = proof?.metrics.find(({ label }) => label === 'Hit ratio');
    expect(Number(ratio?.before)).toBeLessThan(80);
    expect(Number(ratio?.after)).toBeGreaterThanOrEqual(80);
    await expect(
      page.getByText(`${ratio?.before} % → ${ratio?.after} %`).first(),
    ).toBeVisible();

    await expect
      .poll(alertState, { timeout: 5 * MINUTE_MS, intervals: [POLL_MS] })
      .toBe('resolved');
    expect((await readSlo()).alerts[0]).toMatchObject({
      resolution: 'recovered',
    });
  } finally {
    await service.stop();
  }
});

test('a coordinator that is down, from the condition to its return', async ({
  page,
  browser,
}) => {
  test.setTimeout(15 * MINUTE_MS);
  const olivia = await Person.signIn(OPERATOR);
  const backend = async () =>
    read<GatewayView>(
      await olivia.lakehouse('trino-gateway/gateway'),
    ).backends.find(({ name }) => name === BACKEND);
  await expect
    .poll(
      async () => (await olivia.lakehouse('kubernetes/prod/workloads')).text,
      { timeout: 5 * MINUTE_MS, intervals: [POLL_MS] },
    )
    .toContain('trino-coordinator');
  await trino.crash();

  await openAs(page, OPERATOR, '/lakehouse');
  const concerns = page.getByRole('table', { name: 'Needs attention' });
  const concern = concerns.getByRole('row').filter({ hasText: 'Trino · etl' });
  const bringBack = concern.getByRole('button', {
    name: 'Bring the coordinator back',
  });
  const more = page.getByRole('button', { name: /^Show \d+ more$/ });
  await expect(async () => {
    if (!(await bringBack.isVisible()) && (await more.isVisible())) {
      await more.click();
    }
    await expect(bringBack).toBeVisible({ timeout: 10 * POLL_MS });
  }).toPass({ timeout: 3 * MINUTE_MS });
  await expect(concern).toContainText('ECONNREFUSED');
  await bringBack.click();
  const drawer = page.getByRole('dialog').last();
  await expect(drawer.getByLabel(/^Cluster/)).toHaveValue('etl');
  await expect(drawer.getByLabel(/^Kubernetes/)).toHaveValue('prod');
  await drawer.getByLabel(/^Coordinator/).click();
  await page.getByRole('option', { name: /^trino-coordinator/ }).click();
  await expect(drawer.getByLabel(/^Namespace/)).toHaveValue('lakehouse');
  await drawer.getByLabel(/^Gateway/).fill('gateway');
  await drawer.getByLabel(/^Backend/).fill(BACKEND);
  const id = await requestApproval(page, olivia);
  expect(trino.starts).toBe(0);
  await approveAsOther(browser, page, 'Trino coordinator is down');
  // Who else would take the queries is known only now, and is of high risk by itself.
  await expect(
    page.getByText(/^Send new queries elsewhere: /).first(),
  ).toBeVisible({ timeout: 2 * MINUTE_MS });
  expect(trino.starts).toBe(0);
  await approveAsOther(browser, page, 'Trino coordinator is down');

  await expect(page.getByText('Done, and verified').first()).toBeVisible({
    timeout: 10 * MINUTE_MS,
  });
  expect(trino.starts).toBe(1);
  const { steps } = await getRun(olivia, id);
  for (const step of ['drain/verify', 'restart/verify', 'answers/verify']) {
    expect(steps.find(one => one.id === step)).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
  }
  const info = await fetch(`${required('STACK_TRINO2_HTTP_URL')}/v1/info`);
  expect(await info.json()).toMatchObject({ starting: false });
  await expect
    .poll(backend, { timeout: 2 * MINUTE_MS, intervals: [POLL_MS] })
    .toMatchObject({ active: true, health: 'healthy' });

  await page.goto('/lakehouse');
  await expect(concerns).toBeVisible({ timeout: MINUTE_MS });
  await expect(bringBack).toHaveCount(0, { timeout: 3 * MINUTE_MS });
});
