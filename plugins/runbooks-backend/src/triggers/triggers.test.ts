import {
  mockCredentials,
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  Preview,
  Run,
  RunbookDefinition,
} from '@lakehouse-ops/plugin-runbooks-common';
import { DatabaseRunStore } from '../store/DatabaseRunStore';
import type { RunRecord } from '../store/RunStore';
import { AlertTriggers } from './AlertTriggers';
import { CronTriggers } from './CronTriggers';
import { DatabaseHeardAlerts } from './DatabaseHeardAlerts';
import { TriggeredStarter } from './TriggeredStarter';

jest.setTimeout(60_000);

const own = mockCredentials.service('plugin:runbooks');
const olivia = 'user:default/olivia';

const definition: RunbookDefinition = {
  name: 'warm-cache',
  title: 'Warm cache',
  description: 'Warms it.',
  verb: 'Warm',
  tags: [],
  risk: 'low',
  appliesTo: [],
  triggers: [
    {
      slo: { indicator: 'cache-hit-ratio', severity: 'page' },
      start: { parameters: { deep: true } },
    },
    {
      cron: { expression: '0 3 * * *', timeZone: 'Europe/Amsterdam' },
      start: { parameters: { deep: false } },
    },
  ],
  parameters: { type: 'object', properties: {} },
  target: { system: 'redis', connection: 'cache', kind: 'prefix', name: 'a' },
  limits: {},
  whenLocked: 'refuse',
  runAs: olivia,
  steps: [
    {
      kind: 'verify',
      id: 'proof',
      title: 'Proof',
      action: 'redis:inspect-prefix',
      input: {},
      assert: 'true',
      metrics: [],
      withinMs: 1,
      everyMs: 1,
    },
  ],
  onFailure: [],
  finally: [],
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

async function heardAlerts(id: TestDatabaseId = 'SQLITE_3') {
  const knex = await databases.init(id);
  await DatabaseRunStore.create({
    database: { getClient: async () => knex },
  });
  return DatabaseHeardAlerts.create({ db: knex });
}

async function setup(
  given: Partial<RunbookDefinition> = {},
  options: {
    allowed?: string[];
    lastRunAgoMs?: number;
    execute?: Preview['execute'];
    heard?: DatabaseHeardAlerts;
  } = {},
) {
  const heard = options.heard ?? (await heardAlerts());
  const version = {
    definition: { ...definition, ...given },
    hash: 'h',
    source: 's',
  };
  const runs = new Map<string, Run>();
  const made: JsonObject[] = [];
  const audit: object[] = [];
  const audited: string[] = [];
  const logger = mockServices.logger.mock();
  let refuse: Error | undefined;
  const preview = {
    id: 'preview-1',
    hash: 'hash-1',
    runbookId: 'warm-cache',
    target: definition.target,
    execute: options.execute ?? { allowed: true },
  } as unknown as Preview;
  const starter = TriggeredStarter.create({
    previews: {
      make: async request => {
        made.push(request as unknown as JsonObject);
        return preview;
      },
    },
    starter: {
      start: async ({ idempotencyKey, origin, startedBy }) => {
        if (refuse) throw refuse;
        const run = {
          id: `run-${runs.size + 1}`,
          origin,
          startedBy,
        } as unknown as Run;
        runs.set(`${startedBy} ${idempotencyKey}`, run);
        return run;
      },
    },
    store: {
      findByIdempotencyKey: async (by, key) => {
        const run = runs.get(`${by} ${key}`);
        return run && ({ run } as unknown as RunRecord);
      },
      listRuns: async () => ({
        items:
          options.lastRunAgoMs === undefined
            ? []
            : [
                {
                  id: 'earlier',
                  createdAt: new Date(
                    Date.now() - options.lastRunAgoMs,
                  ).toISOString(),
                } as unknown as Run,
              ],
        total: 0,
        limit: 1,
        offset: 0,
      }),
      appendAudit: async record => {
        audit.push(record);
      },
    },
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'olivia', namespace: 'default' },
          spec: {},
        },
      ],
    }),
    auditor: mockServices.auditor.mock({
      createEvent: async ({ eventId }) => ({
        success: async ({ meta } = {}) => {
          audited.push(`${eventId}: ${JSON.stringify(meta)}`);
        },
        fail: async ({ error }) => {
          audited.push(`${eventId}: ${error.name}`);
        },
      }),
    }),
    logger,
    config: {
      allowed: new Set(options.allowed ?? ['warm-cache']),
      cooldownMs: 60_000,
      maxAlertAgeMs: 600_000,
    },
    ownCredentials: async () => own,
  });
  const versions = [version];
  const shared = { book: { list: () => versions }, starter, logger };
  const alerts = AlertTriggers.create({
    ...shared,
    heard,
    maxAlertAgeMs: 600_000,
    store: {
      appendAudit: async record => {
        audit.push(record);
      },
    },
    ownCredentials: async () => own,
    suggester: {
      parametersFor: async (_version, context) => ({
        deep: false,
        entity: context.entityRef ?? '',
      }),
    },
  });
  const fire = async (given_: object = {}) => {
    await alerts.take({
      eventPayload: {
        alertId: 'alert-1',
        state: 'fired',
        at: '2026-11-21T10:00:00.000Z',
        slo: { id: 'a', name: 'hits' },
        indicator: 'cache-hit-ratio',
        entityRef: 'resource:default/cache',
        condition: 'fast-burn',
        severity: 'page',
        ...given_,
      },
    });
    await alerts.settled();
  };
  return {
    alerts,
    fire,
    times: CronTriggers.create(shared),
    runs,
    made,
    audit,
    audited,
    heard,
    logger,
    versions,
    refuse: (error?: Error) => {
      refuse = error;
    },
  };
}

describe('runs that alerts start', () => {
  it('are made by the same preview and start, for the person who answers for them', async () => {
    const { fire, runs, made, audited } = await setup();
    await fire();
    expect(made).toEqual([
      {
        runbookId: 'warm-cache',
        parameters: { deep: true, entity: 'resource:default/cache' },
        entityRef: 'resource:default/cache',
        origin: { kind: 'alert', detail: 'hits' },
        credentials: own,
        startedBy: olivia,
      },
    ]);
    expect([...runs.values()]).toEqual([
      {
        id: 'run-1',
        origin: { kind: 'alert', detail: 'hits' },
        startedBy: olivia,
      },
    ]);
    expect(audited).toEqual(['run-trigger: {"runId":"run-1"}']);
  });

  it('are one for an alert, however often it is told', async () => {
    const { fire, runs, made } = await setup();
    await fire();
    await fire();
    expect(made).toHaveLength(1);
    await fire({ alertId: 'alert-2' });
    expect(runs.size).toBe(2);
  });

  it.each([
    [{ state: 'resolved' }],
    [{ indicator: 'query-latency' }],
    [{ indicator: undefined }],
    [{ severity: 'ticket' }],
    [{ alertId: '' }],
    [{ slo: 'hits' }],
  ])('are not for %j', async event => {
    const { fire, made } = await setup();
    await fire(event);
    expect(made).toEqual([]);
  });

  it('wait for the cooldown of the target', async () => {
    const lately = await setup({}, { lastRunAgoMs: 30_000 });
    await lately.fire();
    expect(lately.runs.size).toBe(0);
    expect(lately.audited).toEqual(['run-trigger: {"skipped":"cooldown"}']);
    const later = await setup({}, { lastRunAgoMs: 90_000 });
    await later.fire();
    expect(later.runs.size).toBe(1);
  });

  it.each<[string, Partial<RunbookDefinition>, string[], string]>([
    ['not allowed', {}, [], 'runbooks.triggers.allowed'],
    ['of high risk', { risk: 'high' }, ['warm-cache'], 'high risk'],
    ['without proof', { steps: [] }, ['warm-cache'], 'no verify step'],
    ['of nobody', { runAs: undefined }, ['warm-cache'], 'spec.runAs'],
    [
      'of somebody who is gone',
      { runAs: 'user:default/gone' },
      ['warm-cache'],
      'no such user',
    ],
  ])(
    'are never %s, and it is written down',
    async (_what, given, allowed, said) => {
      const { fire, runs, made, audit, audited, logger } = await setup(given, {
        allowed,
      });
      await fire();
      expect(runs.size).toBe(0);
      expect(made).toEqual([]);
      expect(audited).toEqual(['run-trigger: NotAllowedError']);
      expect(audit).toEqual([
        expect.objectContaining({
          event: 'trigger-refused',
          detail: expect.objectContaining({
            message: expect.stringContaining(said),
          }),
        }),
      ]);
      expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining(said));
    },
  );

  it('are not made when the preview says that they may not', async () => {
    const { fire, runs, logger } = await setup(
      {},
      { execute: { allowed: false, reason: 'All runs are paused.' } },
    );
    await fire();
    expect(runs.size).toBe(0);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('All runs are paused.'),
    );
  });
});

describe.each(databases.eachSupportedId())('alerts that are left on %s', id => {
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);

  it('start what they have not started, once, when the process that heard them is gone', async () => {
    const heard = await heardAlerts(id);
    const gone = await setup({}, { heard });
    gone.refuse(new Error('the process is gone'));
    await gone.fire();
    expect(gone.runs.size).toBe(0);
    const next = await setup({}, { heard });
    await next.alerts.look();
    expect(next.made).toEqual([]);
    await next.alerts.look(minutes(2));
    expect(next.made).toHaveLength(1);
    expect(next.runs.size).toBe(1);
    await next.alerts.look(minutes(3));
    expect(next.made).toHaveLength(1);
  });

  it('are tried again while the database is away', async () => {
    const { fire, alerts, runs, refuse } = await setup();
    refuse(new Error('connection refused'));
    await fire();
    await alerts.look(minutes(2));
    refuse();
    await alerts.look(minutes(3));
    expect(runs.size).toBe(1);
  });

  it('do not act when they are old, and it is told', async () => {
    const heard = await heardAlerts(id);
    const gone = await setup({}, { heard });
    gone.refuse(new Error('the process is gone'));
    await gone.fire();
    const next = await setup({}, { heard });
    await next.alerts.look(minutes(11));
    expect(next.made).toEqual([]);
    expect(next.audit).toEqual([
      expect.objectContaining({
        event: 'trigger-lapsed',
        detail: expect.objectContaining({ runbooks: ['warm-cache'] }),
      }),
    ]);
    expect(next.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('maxAlertAge'),
    );
    await next.alerts.look(minutes(12));
    expect(next.audit).toHaveLength(1);
  });

  it('do not act once they have ended, nor when they were refused', async () => {
    const heard = await heardAlerts(id);
    const gone = await setup({}, { heard });
    gone.refuse(new Error('the process is gone'));
    await gone.fire();
    await gone.fire({ state: 'resolved' });
    gone.refuse(new ConflictError('locked'));
    await gone.fire({ alertId: 'alert-2' });
    await expect(heard.heardBefore(minutes(1))).resolves.toEqual([]);
  });

  it('wait until the runbook files are read', async () => {
    const { fire, alerts, runs, versions } = await setup();
    const [version] = versions.splice(0);
    await fire();
    expect(runs.size).toBe(0);
    versions.push(version);
    await alerts.look(minutes(2));
    expect(runs.size).toBe(1);
  });

  it('are bounded', async () => {
    const heard = await heardAlerts(id);
    const { fire, made, logger } = await setup({}, { heard });
    for (let index = 0; index < 200; index++) {
      await heard.add({
        alertId: `left-${index}`,
        state: 'fired',
        slo: { name: 'x' },
      });
    }
    await fire();
    expect(made).toEqual([]);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('200 alerts wait'),
    );
  });
});

describe('runs that the clock starts', () => {
  // 3 o'clock in Amsterdam, in winter.
  const due = new Date('2026-11-21T02:00:00.000Z');
  const after = (ms: number) => new Date(due.getTime() + ms);

  it('are one for each time, in the zone that is told', async () => {
    const { times, runs, made } = await setup();
    await times.look(after(-1000));
    expect(runs.size).toBe(0);
    await times.look(due);
    await times.look(after(20_000));
    await times.look(after(3_600_000));
    expect(made).toHaveLength(1);
    expect([...runs.values()]).toEqual([
      expect.objectContaining({
        startedBy: olivia,
        origin: {
          kind: 'schedule',
          detail: '0 3 * * *, due at 2026-11-21T02:00:00.000Z',
        },
      }),
    ]);
    await times.look(after(86_400_000));
    expect(runs.size).toBe(2);
  });

  it('are not made up for when nobody looked in time', async () => {
    const { times, runs } = await setup();
    await times.look(after(121_000));
    expect(runs.size).toBe(0);
  });

  it('are tried again while something is in the way, and not when they may not be', async () => {
    const { times, runs, refuse } = await setup();
    refuse(new ConflictError('locked'));
    await times.look(due);
    refuse();
    await times.look(after(20_000));
    expect(runs.size).toBe(1);
    const denied = await setup({}, { allowed: [] });
    await denied.times.look(due);
    await denied.times.look(after(20_000));
    expect(denied.audit).toHaveLength(1);
  });

  it('fall into no hole and come not twice when clocks change', async () => {
    const { times, runs } = await setup({
      triggers: [
        {
          cron: { expression: '30 2 * * *', timeZone: 'Europe/Amsterdam' },
          start: { parameters: {} },
        },
      ],
    });
    // On 25 October 2026 it is half past two twice.
    for (
      let at = Date.parse('2026-10-24T22:00:00.000Z');
      at < Date.parse('2026-10-25T04:00:00.000Z');
      at += 60_000
    ) {
      await times.look(new Date(at));
    }
    expect(runs.size).toBe(1);
  });
});
