import { expect, test } from '@playwright/test';
import type {
  Preview,
  Run,
  RunPage,
} from '@lakehouse-ops/plugin-runbooks-common';
import Redis from 'ioredis';
import { Person, type PersonName } from './support/Person';
import {
  APPROVER,
  getRun,
  MINUTE_MS,
  OPERATOR,
  POLL_MS,
  read,
  startOf,
  waitForRun,
} from './support/runs';
import { required } from './support/superset';

/** Keys that the refused runs would have touched. */
const REFUSED_PREFIX = 'refused';
const REFUSED_KEYS = 3;
const FORGED = ['confirm', 'approved', 'skipApproval'];

test.use({ actionTimeout: MINUTE_MS });

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
