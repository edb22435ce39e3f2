import { expect, type Page, test } from '@playwright/test';
import type {
  QueryPage,
  SloAlert,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { BackendApi } from './support/backendApi';
import { PersonalApi } from './support/personalApi';
import { openAs } from './support/signIn';
import { SlowPath } from './support/SlowPath';
import { required } from './support/superset';

const SLO = 'component.default.personal-api.patience';
const TAB = '/catalog/default/component/personal-api/slos';
/** What personal-api reads. */
const TABLE = 'orders_stale_stats';
/** More than the ten seconds that are promised. */
const DELAY_MS = 13_000;
const FAST_BURN = 14.4;
const MINUTE_MS = 60_000;
const POLL_MS = 2_000;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Asks again and again, `width` at a time, until stopped. */
function keepAsking(
  api: PersonalApi,
  { width, pauseMs }: { width: number; pauseMs: number },
) {
  let stopped = false;
  const one = async () => {
    while (!stopped) {
      // One that takes too long is given up, as by any client; the next is asked.
      await api.askForNew().catch(error => console.log(String(error)));
      await sleep(pauseMs);
    }
  };
  const all = Promise.all(Array.from({ length: width }, one));
  return async () => {
    stopped = true;
    await all;
  };
}

const readSlo = (backend: BackendApi) => backend.get<SloView>(`slos/${SLO}`);

async function waitForAlert(
  backend: BackendApi,
  options: { is: (alert: SloAlert) => boolean; withinMs: number },
): Promise<SloAlert> {
  const until = Date.now() + options.withinMs;
  for (;;) {
    const { alerts, sentence } = await readSlo(backend);
    const found = alerts.find(options.is);
    if (found) return found;
    if (Date.now() > until) {
      throw new Error(
        `No such alert in ${options.withinMs} ms. ${sentence} ${JSON.stringify(
          alerts,
        )}`,
      );
    }
    await sleep(POLL_MS);
  }
}

/** When the burn rate over five minutes and over an hour was first above the factor, by the queries themselves. */
async function fastBurnCrossedAt(
  backend: BackendApi,
  slo: SloView,
): Promise<number> {
  const [{ objective }] = slo.objectives;
  const limitMs = (objective.threshold?.value ?? Number.NaN) * 1_000;
  const { items } = await backend.get<QueryPage>(
    'trino/analytics/queries?source=personal-api&states=FINISHED&limit=200&sort=createdAt&order=desc',
  );
  const ended = items
    .map(({ endedAt, wallMs }) => ({
      at: Date.parse(endedAt ?? ''),
      bad: (wallMs ?? 0) > limitMs,
    }))
    .sort((a, b) => a.at - b.at);
  const burn = (at: number, lookbackMs: number) => {
    const within = ended.filter(
      query => query.at <= at && query.at > at - lookbackMs,
    );
    const share = within.filter(({ bad }) => bad).length / within.length;
    return share / (1 - objective.target);
  };
  const crossed = ended.find(
    ({ at }) =>
      burn(at, 5 * MINUTE_MS) >= FAST_BURN &&
      burn(at, 60 * MINUTE_MS) >= FAST_BURN,
  );
  if (!crossed) throw new Error('By the queries, it was never crossed.');
  return crossed.at;
}

/** Alerts of an entity that fire at once are told in one message, under the title of one of them. */
async function expectTold(page: Page, title: RegExp) {
  await openAs(page, 'alice', '/notifications');
  await expect(page.getByText(title).first()).toBeVisible({ timeout: 30_000 });
}

test('an SLO burns, alerts, says what spent it, and recovers', async ({
  page,
}) => {
  test.setTimeout(15 * MINUTE_MS);
  const backend = BackendApi.of(page);
  await openAs(page, 'alice', TAB);
  const card = page.getByRole('region', { name: /within ten seconds/ });
  await expect(card).toBeVisible({ timeout: 90_000 });

  const api = await PersonalApi.start();
  const path = await SlowPath.to(required('STACK_TRINO_HTTP_URL'), DELAY_MS);
  const slow = await PersonalApi.start({
    PERSONAL_API_TRINO_URL: path.url,
    PERSONAL_API_QUERY_TIMEOUT_SECONDS: '90',
  });
  try {
    const stopAsking = keepAsking(api, { width: 1, pauseMs: 1_000 });
    await expect
      .poll(async () => (await readSlo(backend)).objectives[0].total ?? 0, {
        timeout: 3 * MINUTE_MS,
        intervals: [POLL_MS],
      })
      .toBeGreaterThanOrEqual(20);
    await stopAsking();
    const before = await readSlo(backend);
    expect(before.alerts.filter(({ state }) => state === 'firing')).toEqual([]);

    const stopSlowing = keepAsking(slow, { width: 6, pauseMs: 0 });
    const fired = await waitForAlert(backend, {
      is: ({ condition, state }) =>
        /fast/.test(condition) && state === 'firing',
      withinMs: 6 * MINUTE_MS,
    });
    await stopSlowing();
    const crossedAt = await fastBurnCrossedAt(backend, before);
    const delayMs = Date.parse(fired.firedAt ?? '') - crossedAt;
    console.log(
      `The alert fired ${(delayMs / 1_000).toFixed(
        1,
      )} s after the threshold was crossed.`,
    );
    expect(delayMs).toBeLessThanOrEqual(2 * MINUTE_MS);

    await expect(card).toContainText(TABLE, { timeout: 60_000 });
    await expect(card).toContainText('personal-api');
    await card.getByRole('button', { name: 'What spent it' }).click();
    const drawer = page.getByRole('dialog').last();
    await expect(drawer.getByText(TABLE).first()).toBeVisible();

    const inbox = await page.context().newPage();
    await expectTold(inbox, /Queries answer within (two|ten) seconds.* fires/);
    await inbox.close();

    const stopRecovering = keepAsking(api, { width: 2, pauseMs: 500 });
    const resolved = await waitForAlert(backend, {
      is: ({ id, state }) => id === fired.id && state === 'resolved',
      withinMs: 8 * MINUTE_MS,
    });
    await stopRecovering();
    expect(resolved.resolution).toBe('recovered');
  } finally {
    await slow.stop();
    await api.stop();
    await path.close();
  }
});
