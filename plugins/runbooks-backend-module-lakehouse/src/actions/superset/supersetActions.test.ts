import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  DefaultSupersetConnection,
  readSupersetConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { startSupersetSandbox } from '@lakehouse-ops/sandbox';
import { runContext } from '../../__testUtils__/runContext';
import { createInvalidateCacheAction } from './createInvalidateCacheAction';
import { createRunAlertNowAction } from './createRunAlertNowAction';
import { createWarmDashboardAction } from './createWarmDashboardAction';
import { verifyAlertRun } from './verifyAlertRun';
import { verifyInvalidation } from './verifyInvalidation';
import { verifyWarmUp } from './verifyWarmUp';
import { waitForExecution } from './waitForExecution';

const MINUTE_MS = 60_000;

describe('the Superset actions', () => {
  let closers: Array<() => Promise<void>> = [];

  afterEach(async () => {
    await Promise.all(closers.map(close => close()));
    closers = [];
  });

  async function setup(options: { executes?: boolean; user?: string } = {}) {
    const clock = { ms: Date.now() };
    const sandbox = await startSupersetSandbox({
      port: 0,
      executes: options.executes,
      now: () => new Date(clock.ms),
    });
    const user = options.user ?? 'admin';
    const [config] = readSupersetConnectionsConfig(
      new ConfigReader({
        lakehouse: {
          superset: {
            connections: [
              { id: 'bi', url: sandbox.url, auth: { user, password: user } },
            ],
          },
        },
      }),
    );
    const superset = DefaultSupersetConnection.create({ config });
    closers.push(
      () => superset.close(),
      () => sandbox.close(),
    );
    const changed: string[] = [];
    return {
      sandbox,
      superset,
      changed,
      pass: (minutes: number) => {
        clock.ms += minutes * MINUTE_MS;
      },
      options: {
        connections: {
          list: () => [superset],
          get: (id: string) => {
            if (id === 'bi') return superset;
            throw new NotFoundError(`There is no Superset connection '${id}'`);
          },
        },
        connectionChanged: (id: string) => changed.push(id),
        pollMs: 5,
      },
    };
  }

  describe('superset:invalidate-cache', () => {
    const input = { connection: 'bi', datasetId: '1', recomputeRest: false };

    it('shows charts, dashboards and ages, and keeps the cache out of the fingerprint', async () => {
      const { options, superset, pass } = await setup();
      await superset.warmChart('1');
      pass(12);
      const action = createInvalidateCacheAction(options);
      const { content, fingerprint } = await action.preview(runContext(input));
      expect(fingerprint).toEqual({
        dataset: 'daily_sales',
        charts: ['1', '2'],
      });
      expect(content.changes).toEqual([
        expect.objectContaining({ before: 1, after: 0 }),
        expect.objectContaining({ after: 'Sales' }),
      ]);
      expect(content.samples?.rows).toContainEqual([
        'Revenue by day',
        'not cached',
      ]);
    });

    it.each([
      [
        {},
        {
          state: 'not-done',
          reason: expect.stringMatching(/not asked to forget/),
        },
      ],
      [
        { cachedBefore: [{ id: '1', name: 'One', cachedAt: 'long ago' }] },
        { state: 'done' },
      ],
      [
        { cachedBefore: [] },
        { state: 'not-done', reason: expect.stringMatching(/without harm/) },
      ],
    ])('knows after a crash with %j what is true', async (memory, truth) => {
      const { options } = await setup();
      const action = createInvalidateCacheAction(options);
      await expect(
        action.reconcile(runContext(input, { memory: memory as JsonObject })),
      ).resolves.toMatchObject(truth);
    });

    it('says on the button which right is missing', async () => {
      const { options } = await setup({ user: 'own' });
      const action = createInvalidateCacheAction(options);
      await expect(
        action.preflight({
          target: action.target(input),
          signal: new AbortController().signal,
        }),
      ).resolves.toMatchObject({
        allowed: false,
        reason: expect.stringContaining('can_invalidate on CacheRestApi'),
      });
    });

    it('takes an answer that was made since for a removed one, and the same for a left one', () => {
      const before = [
        { id: '1', name: 'One', cachedAt: '2026-03-04T09:00:00.000Z' },
        { id: '2', name: 'Two', cachedAt: '2026-03-04T09:00:00.000Z' },
      ];
      const cached = (id: string, cachedAt: string) => ({
        id,
        name: id,
        cache: { state: 'cached' as const, cachedAt, cacheKeys: [] },
      });
      const later = '2026-03-04T09:05:00.000Z';
      const verify = (looked: Array<ReturnType<typeof cached>>) =>
        verifyInvalidation({ cachedBefore: before, recomputed: [], looked });
      expect(verify([cached('1', later), cached('2', later)]).outcome).toBe(
        'verified',
      );
      expect(
        verify([cached('1', later), cached('2', before[1].cachedAt)]),
      ).toMatchObject({
        outcome: 'not-verified',
        summary: expect.stringMatching(/^Only a part was removed: 'Two' is/),
      });
      expect(
        verifyInvalidation({ cachedBefore: [], recomputed: [], looked: [] })
          .outcome,
      ).toBe('inconclusive');
    });
  });

  describe('superset:warm-dashboard', () => {
    const input = { connection: 'bi', dashboardId: '1', mayFail: 0 };

    it('goes on when a chart fails, and says which', async () => {
      const { options, changed } = await setup();
      const action = createWarmDashboardAction(options);
      const context = runContext(input);
      const output = await action.execute(context);
      expect(output).toMatchObject({
        warmed: [{ id: '1' }, { id: '2' }, { id: '3' }],
        failed: [{ id: '4', error: expect.stringContaining('discount') }],
      });
      expect(changed).toEqual(['bi']);
      await expect(
        action.verify({ ...context, output }),
      ).resolves.toMatchObject({
        outcome: 'not-verified',
        summary: expect.stringMatching(
          /^3 of 4 charts are warm. Not so: 'Order/,
        ),
      });
      // It failed before as well: that it is left out is named, and no news.
      await expect(
        action.verify({
          ...context,
          input: { ...input, mayFail: 1 },
          output,
        }),
      ).resolves.toMatchObject({
        outcome: 'verified',
        summary: expect.stringMatching(
          /^3 of 4 charts are warm. Not so: 'Order/,
        ),
      });
    });

    it('stops between charts when cancelled, and knows how far it came', async () => {
      const { options } = await setup();
      const action = createWarmDashboardAction(options);
      const controller = new AbortController();
      const context = runContext(input, { signal: controller.signal });
      const remember = context.remember;
      context.remember = async note => {
        await remember(note);
        controller.abort(new Error('cancelled'));
      };
      await expect(action.execute(context)).rejects.toThrow('cancelled');
      await expect(
        action.reconcile(runContext(input, { memory: context.notes })),
      ).resolves.toEqual({
        state: 'partly-done',
        reason: expect.stringMatching(
          /^1 of 4 charts are warm, 0 failed, 3 were/,
        ),
      });
    });

    it('does not claim what it could not see', () => {
      expect(
        verifyWarmUp({ warmed: [{ id: '1', name: 'One' }], failed: [] }, [
          {
            id: '1',
            name: 'One',
            cache: { state: 'not-cached', cacheKeys: [] },
          },
        ]),
      ).toMatchObject({
        outcome: 'inconclusive',
        summary: expect.stringContaining('only 0 of 1 were seen cached'),
      });
    });
  });

  describe('superset:run-alert-now', () => {
    const input = {
      connection: 'bi',
      alertId: '2',
      allowScheduleChange: false,
    };

    it('runs at once where Superset can, and tells what came of it', async () => {
      const { options, superset } = await setup({ executes: true });
      const action = createRunAlertNowAction(options);
      const { content, fingerprint } = await action.preview(runContext(input));
      expect(fingerprint).toMatchObject({ mode: 'at once' });
      expect(content.warnings).toEqual([]);
      const context = runContext(input);
      const output = await action.execute(context);
      expect(output).toMatchObject({ state: 'Not triggered', value: 3 });
      expect(context.notes.executionId).toBe(output.executionId);
      await expect(
        action.verify({ ...context, memory: context.notes, output }),
      ).resolves.toMatchObject({
        outcome: 'verified',
        summary:
          "'Too many open orders' was evaluated and is healthy, value 3.",
      });
      expect((await superset.alert('2')).crontab).toBe('* * * * *');
    });

    it('finds the run of before a crash by its id', async () => {
      const { options } = await setup({ executes: true });
      const action = createRunAlertNowAction(options);
      const context = runContext(input);
      const output = await action.execute(context);
      await expect(
        action.reconcile(runContext(input, { memory: context.notes })),
      ).resolves.toEqual({ state: 'done', output });
    });

    it('sets a schedule back that a crash left changed', async () => {
      const { options, superset } = await setup();
      const action = createRunAlertNowAction(options);
      await expect(
        action.reconcile(
          runContext(input, {
            memory: { afterRow: 987_654, crontab: '0 6 * * *' },
          }),
        ),
      ).resolves.toMatchObject({ state: 'unknown' });
      expect((await superset.alert('2')).crontab).toBe('0 6 * * *');
    });

    it('refuses an alert that is switched off, where only its schedule can run it', async () => {
      const { options } = await setup();
      const action = createRunAlertNowAction(options);
      await expect(
        action.preview(
          runContext({ ...input, alertId: '7', allowScheduleChange: true }),
        ),
      ).rejects.toThrow(/switched off/);
    });

    it('says so when no worker begins it', async () => {
      const { superset } = await setup();
      const { signal, log } = runContext(input);
      await expect(
        waitForExecution({
          connection: superset,
          alertId: '2',
          afterRow: 987_654,
          pollMs: 5,
          beginsWithinMs: 30,
          signal,
          log,
        }),
      ).rejects.toThrow(/Celery worker and beat.*may still run/);
    });

    it.each([
      ['Success', 'verified', /fired, and its recipients were notified/],
      ['Error', 'verified', /was run and failed, value 7: no table\.$/],
      ['On Grace', 'not-verified', /not evaluated: it is in its grace period/],
      ['Working', 'not-verified', /an earlier run goes on/],
    ] as const)('calls %s %s', async (state, outcome, summary) => {
      const { superset } = await setup();
      const alert = await superset.alert('2');
      expect(
        verifyAlertRun({
          alert,
          output: { state, value: 7, error: 'no table' },
        }),
      ).toMatchObject({ outcome, summary: expect.stringMatching(summary) });
    });

    it('does not call it well when the schedule is not what it was', async () => {
      const { superset } = await setup();
      const alert = await superset.alert('2');
      expect(
        verifyAlertRun({
          alert,
          crontab: '0 6 * * *',
          output: { state: 'Not triggered' },
        }),
      ).toMatchObject({
        outcome: 'not-verified',
        summary: expect.stringContaining('instead of 0 6 * * *'),
      });
    });
  });
});
