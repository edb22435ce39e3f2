import { type Browser, expect, type Page, test } from '@playwright/test';
import type {
  GatewayView,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  Preview,
  Run,
  RunPage,
} from '@lakehouse-ops/plugin-runbooks-common';
import Redis from 'ioredis';
import { CHECKOUT_PREFIX, CheckoutService } from './support/CheckoutService';
import { type Answer, Person, type PersonName } from './support/Person';
import { RestartedTrino } from './support/RestartedTrino';
import { openAs } from './support/signIn';
import { required } from './support/superset';

const MINUTE_MS = 60_000;
const POLL_MS = 1_000;
const APPROVER = 'owen';
const OPERATOR = 'olivia';

const SLO = 'resource.default.checkout-cache.checkout-hits';
const SLO_TITLE = 'The cache answers Checkout';
/** What the gateway calls the second Trino. */
const BACKEND = 'trino-etl';

/** Keys that the refused runs would have touched. */
const REFUSED_PREFIX = 'refused';
const REFUSED_KEYS = 3;
const FORGED = ['confirm', 'approved', 'skipApproval'];

test.use({ actionTimeout: MINUTE_MS });

let trino: RestartedTrino;

// Early, since the backend looks only now and then for what did not answer.
test.beforeAll(async () => {
  trino = await RestartedTrino.begin();
});

test.afterAll(() => trino.end());

function read<T>({ status, text }: Answer): T {
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}

const getRun = async (person: Person, id: string) =>
  read<Run>(await person.runbooks(`runs/${id}`));

async function waitForRun(
  person: Person,
  id: string,
  is: (run: Run) => boolean,
): Promise<Run> {
  let run: Run | undefined;
  await expect
    .poll(
      async () => {
        run = await getRun(person, id);
        return is(run) ? 'reached' : `${run.state}: ${run.error?.message}`;
      },
      { timeout: MINUTE_MS, intervals: [POLL_MS] },
    )
    .toBe('reached');
  if (!run) throw new Error('It was never read.');
  return run;
}

const startOf = ({ id, hash }: Preview) => ({
  previewId: id,
  previewHash: hash,
  idempotencyKey: `e2e-${id}`,
});

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
    const { alerts, sentence } = await readSlo();
    return alerts[0]?.state ?? sentence;
  };
  const service = await CheckoutService.start();
  try {
    service.stampede();
    await expect
      .poll(alertState, { timeout: 5 * MINUTE_MS, intervals: [POLL_MS] })
      .toBe('firing');

    await openAs(page, OPERATOR, '/notifications');
    await page
      .getByText(new RegExp(`${SLO_TITLE}.* fires`))
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

test.describe('refusals', () => {
  const redis = () => new Redis(required('STACK_REDIS_URL'));
  let olivia: Person;
  let owen: Person;
  let alice: Person;
  let cache: Redis;

  test.beforeAll(async () => {
    [olivia, owen, alice] = await Promise.all(
      ([OPERATOR, APPROVER, 'alice'] satisfies PersonName[]).map(name =>
        Person.signIn(name),
      ),
    );
    cache = redis();
  });

  test.beforeEach(async () => {
    for (let key = 0; key < REFUSED_KEYS; key += 1) {
      await cache.set(`${REFUSED_PREFIX}:${key}`, 'x');
    }
  });

  test.afterAll(async () => {
    const keys = await cache.keys(`${REFUSED_PREFIX}:*`);
    if (keys.length > 0) await cache.unlink(...keys);
    cache.disconnect();
  });

  /** High risk: needs somebody else's approval. */
  const stampede = {
    connection: 'cache',
    prefix: REFUSED_PREFIX,
    windowSeconds: 600,
  };
  const previewAs = async (person: Person) =>
    read<Preview>(
      await person.runbooks('previews', {
        runbookId: 'cache-stampede',
        parameters: stampede,
      }),
    );
  const runsSoFar = async () =>
    read<RunPage>(await olivia.runbooks('runs?limit=1')).total;

  /** No run may have given them a time to live, or removed one. */
  async function expectUntouched() {
    for (let key = 0; key < REFUSED_KEYS; key += 1) {
      expect(await cache.ttl(`${REFUSED_PREFIX}:${key}`)).toBe(-1);
    }
  }

  async function cancel(id: string) {
    read<Run>(await olivia.runbooks(`runs/${id}/cancel`, {}));
    await waitForRun(olivia, id, ({ state }) => state === 'cancelled');
  }

  test('nobody approves their own, nor without the permission, nor what they were not shown', async () => {
    const preview = await previewAs(olivia);
    const { id } = read<Run>(await olivia.runbooks('runs', startOf(preview)));
    await waitForRun(
      olivia,
      id,
      ({ waitingFor }) => waitingFor?.kind === 'approval',
    );
    const approval = { decision: 'approved', previewHash: preview.hash };
    const approve = (person: Person, more: object = {}) =>
      person.runbooks(`runs/${id}/approvals`, { ...approval, ...more });

    const own = await approve(olivia);
    expect(own.status).toBe(403);
    expect(own.text).toMatch(/you started/i);
    const stranger = await approve(alice);
    expect(stranger.status).toBe(403);
    // By the policy, or by the rule, which names a group that she is not in.
    expect(stranger.text).toMatch(/runbooks\.run\.approve|team-analytics/);
    expect((await approve(owen, { previewHash: 'another' })).status).toBe(409);
    for (const field of FORGED) {
      const forged = await approve(owen, { [field]: true });
      expect(forged.status).toBe(400);
      expect(forged.text).toContain(field);
    }
    const wordless = await approve(owen, { decision: 'denied' });
    expect(wordless.status).toBe(400);

    const waiting = await getRun(olivia, id);
    expect(waiting).toMatchObject({ state: 'waiting' });
    expect(waiting.approvals ?? []).toEqual([]);
    read<Run>(await approve(owen, { decision: 'denied', comment: 'Not now' }));
    const denied = await waitForRun(olivia, id, run => run.state === 'failed');
    expect(denied.approvals).toMatchObject([
      { by: 'user:default/owen', decision: 'denied', comment: 'Not now' },
    ]);
    expect((await approve(owen)).status).toBe(409);
    await expectUntouched();
  });

  test('no flag of a request starts a run, nor does somebody without the permission', async () => {
    const before = await runsSoFar();
    const preview = await previewAs(olivia);
    for (const field of FORGED) {
      const previewed = await olivia.runbooks('previews', {
        runbookId: 'cache-stampede',
        parameters: stampede,
        [field]: true,
      });
      expect(previewed.status).toBe(400);
      expect(previewed.text).toContain(field);
      const started = await olivia.runbooks('runs', {
        ...startOf(preview),
        [field]: true,
      });
      expect(started.status).toBe(400);
      expect(started.text).toContain(field);
    }
    const hers = await previewAs(alice);
    expect(hers.execute).toMatchObject({ allowed: false });
    const refused = await alice.runbooks('runs', startOf(hers));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('runbooks.run.execute');
    expect((await owen.runbooks('runs', startOf(preview))).status).toBe(404);
    expect(await runsSoFar()).toBe(before);
    await expectUntouched();
  });

  test('a preview that is not of now starts nothing, or stops before it acts', async () => {
    const before = await runsSoFar();
    const shown = await previewAs(olivia);
    const changed = await olivia.runbooks('runs', {
      ...startOf(shown),
      previewHash: shown.hash.replace(/.$/, end => (end === '0' ? '1' : '0')),
    });
    expect(changed.status).toBe(409);
    expect(await runsSoFar()).toBe(before);

    const flush = read<Preview>(
      await olivia.runbooks('previews', {
        runbookId: 'redis:flush-keys',
        parameters: {
          connection: 'cache',
          pattern: `${REFUSED_PREFIX}:*`,
          maxKeys: REFUSED_KEYS,
        },
      }),
    );
    // More than what it may remove, which the preview has not told.
    await cache.set(`${REFUSED_PREFIX}:more`, 'x');
    const { id } = read<Run>(await olivia.runbooks('runs', startOf(flush)));
    const stopped = await waitForRun(
      olivia,
      id,
      ({ state }) => state === 'failed',
    );
    expect(stopped.error).toMatchObject({ step: 'check' });
    expect(stopped.error?.message).toMatch(/changed|preview/i);
    expect(await cache.exists(`${REFUSED_PREFIX}:more`)).toBe(1);
    await expectUntouched();
  });

  test('over MCP nothing is easier', async () => {
    await expect
      .poll(() => olivia.tools(), { timeout: MINUTE_MS, intervals: [POLL_MS] })
      .toEqual(
        expect.arrayContaining([
          'runbooks.list-runbooks',
          'runbooks.preview-runbook',
          'runbooks.start-run',
          'runbooks.get-run',
          'runbooks.run-cache-stampede',
          'runbooks.run-trino-coordinator-down',
        ]),
      );
    const tools = await olivia.tools();
    expect(tools.filter(name => /approv|confirm|answer/.test(name))).toEqual(
      [],
    );

    const before = await runsSoFar();
    const previewed = await olivia.call('run-cache-stampede', {
      parameters: stampede,
    });
    expect(previewed).toMatchObject({ failed: false });
    const preview = await previewAs(olivia);
    const start = startOf(preview);
    for (const tool of ['start-run', 'run-cache-stampede']) {
      for (const field of FORGED) {
        const forged = await olivia.call(tool, { ...start, [field]: true });
        expect(forged.failed).toBe(true);
        expect(forged.text).toContain(field);
      }
      const stale = await olivia.call(tool, { ...start, previewHash: 'old' });
      expect(stale).toMatchObject({ failed: true });
      const others = await owen.call(tool, start);
      expect(others).toMatchObject({ failed: true });
    }
    const hers = await previewAs(alice);
    const refused = await alice.call('start-run', startOf(hers));
    expect(refused.failed).toBe(true);
    expect(refused.text).toContain('runbooks.run.execute');
    expect(await runsSoFar()).toBe(before);

    const started = await olivia.call('start-run', start);
    expect(started).toMatchObject({ failed: false });
    const { items, total } = read<RunPage>(
      await olivia.runbooks('runs?limit=1'),
    );
    expect(total).toBe(before + 1);
    const [{ id }] = items;
    const waiting = await waitForRun(
      olivia,
      id,
      ({ state }) => state === 'waiting',
    );
    expect(waiting).toMatchObject({
      startedBy: 'user:default/olivia',
      waitingFor: { kind: 'approval' },
    });
    await expectUntouched();
    await cancel(id);
    await expectUntouched();
  });
});
