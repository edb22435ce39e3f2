import { TestDatabases } from '@backstage/backend-test-utils';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  Preview,
  Run,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions';
import { DatabaseRunStore } from './DatabaseRunStore';
import { LeaseLostError, type RunLease, type StepRecord } from './RunStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

function makeRun(overrides: Partial<Run> = {}): Run {
  const target = {
    system: 'fake',
    connection: 'main',
    kind: 'thing',
    name: 'a',
  };
  const preview: Preview = {
    id: randomUUID(),
    runbookId: 'fake:change-thing',
    target,
    parameters: { name: 'a' },
    risk: 'medium',
    content: { summary: 's', changes: [], untouched: [], warnings: [] },
    hash: 'h',
    createdAt: '2026-11-21T10:00:00.000Z',
    expiresAt: '2026-11-21T10:10:00.000Z',
    execute: { allowed: true },
  };
  return {
    id: randomUUID(),
    runbookId: preview.runbookId,
    title: 'Change thing',
    state: 'pending',
    risk: 'medium',
    target,
    parameters: preview.parameters,
    preview,
    startedBy: 'user:default/alice',
    createdAt: new Date().toISOString(),
    steps: [{ id: 'check', title: 'Check', state: 'pending' }],
    ...overrides,
  };
}

describe.each(databases.eachSupportedId())('DatabaseRunStore on %s', id => {
  async function setup(now?: () => Date) {
    const knex = await databases.init(id);
    const store = await DatabaseRunStore.create({
      database: { getClient: async () => knex },
      now,
    });
    const create = (
      run: Run,
      options: { key?: string; lockKeys?: string[] } = {},
    ) =>
      store.createRun({
        run,
        fingerprint: { version: 1 },
        idempotencyKey: options.key ?? run.id,
        lockKeys: options.lockKeys ?? [],
        maxUnfinishedRuns: 100,
        audit: {
          actor: run.startedBy,
          event: 'run-started',
          runId: run.id,
          detail: {},
        },
      });
    const hold = async (run: Run, owner = 'me', leaseMs = 60_000) => {
      const record = await store.claim({ runId: run.id, owner, leaseMs });
      if (!record) return undefined;
      return { runId: run.id, owner, fencingToken: record.fencingToken };
    };
    return { knex, store, create, hold };
  }

  it('gives back what it was given', async () => {
    const { store, create } = await setup();
    const run = makeRun({ entityRef: 'resource:default/a' });
    const { record, created } = await create(run);
    expect(created).toBe(true);
    expect(record).toEqual(await store.getRun(run.id));
    expect(JSON.parse(JSON.stringify(record.run))).toEqual(run);
    expect(record.fingerprint).toEqual({ version: 1 });
    expect(await store.getRun('none')).toBeUndefined();
    expect(await store.getPreview('none')).toBeUndefined();
  });

  it('makes one run of one key at the same time, and one of two that want one lock', async () => {
    const { store, create } = await setup();
    const first = makeRun();
    const same = await Promise.all(
      Array.from({ length: 10 }, () =>
        create({ ...first, id: randomUUID() }, { key: 'one-key' }),
      ),
    );
    expect(new Set(same.map(({ record }) => record.run.id)).size).toBe(1);
    expect(same.filter(({ created }) => created)).toHaveLength(1);

    const rivals = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        create(makeRun(), {
          lockKeys: n % 2 === 0 ? ['lock/a', 'lock/b'] : ['lock/b', 'lock/a'],
        }),
      ),
    );
    expect(rivals.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    for (const rival of rivals) {
      const reason = rival.status === 'rejected' ? rival.reason.message : '';
      expect(['', 'user']).toContain(reason.slice(0, 4));
    }
    expect((await store.listRuns({})).total).toBe(2);
  });

  it('lets one holder at a time have a run, and none that lost it write', async () => {
    const { store, create, hold } = await setup();
    const run = makeRun();
    await create(run, { lockKeys: ['lock/a'] });
    expect(await store.listClaimable(10)).toEqual([run.id]);
    const claims = await Promise.all([
      hold(run, 'one', 2000),
      hold(run, 'two', 2000),
      hold(run, 'three', 2000),
    ]);
    const holders = claims.filter(claim => claim !== undefined);
    expect(holders).toHaveLength(1);
    const old = holders[0] as RunLease;
    expect(await store.listClaimable(10)).toEqual([]);
    expect(await store.heartbeat(old, 50)).toEqual({
      cancelRequestedBy: undefined,
    });
    await sleep(100);
    expect(await store.listClaimable(10)).toEqual([run.id]);
    const next = await hold(run, 'next');
    expect(next?.fencingToken).toBe(old.fencingToken + 1);
    expect(await store.heartbeat(old, 1000)).toBeUndefined();
    await expect(
      store.advance({ lease: old, change: { state: 'running' } }),
    ).rejects.toThrow(LeaseLostError);
    await store.release(old);
    expect(await store.listClaimable(10)).toEqual([]);
    await store.release(next as RunLease);
    expect(await store.listClaimable(10)).toEqual([run.id]);
  });

  it('tells leases by the clock of the database', async () => {
    const hourOff = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const { knex, create, hold } = await setup(() => hourOff(-1));
    const ahead = await DatabaseRunStore.create({
      database: { getClient: async () => knex },
      now: () => hourOff(1),
    });
    const run = makeRun();
    await create(run);
    const lease = (await hold(run)) as RunLease;
    expect(await ahead.listClaimable(10)).toEqual([]);
    expect(
      await ahead.claim({ runId: run.id, owner: 'ahead', leaseMs: 1000 }),
    ).toBeUndefined();
    expect(await ahead.heartbeat(lease, 50)).toBeDefined();
    await sleep(100);
    expect(
      await ahead.claim({ runId: run.id, owner: 'ahead', leaseMs: 1000 }),
    ).toBeDefined();
  });

  it('keeps what steps kept with the state that it belongs to', async () => {
    const { store, create, hold } = await setup();
    const run = makeRun();
    await create(run);
    const lease = (await hold(run)) as RunLease;
    const first: StepRecord = {
      key: 'flush#3',
      wanted: true,
      input: { prefix: 'a', list: [1, null, { deep: true }] },
      fingerprint: { keys: 3 },
      memory: { cursor: '7' },
      output: ['x', 1],
      before: null,
      items: ['a', { b: 1 }],
      attempt: 2,
      error: { message: 'why', step: 'flush#3/execute' },
      waits: { person: { since: 'a', until: 'b' } },
      facts: 'No trace.',
      verdict: { state: 'cancelled', error: { message: 'm' } },
      approved: true,
      beforeRead: true,
      settledToken: 4,
      state: 'waiting',
      previewHash: 'f',
    };
    await store.advance({ lease, change: { stepRecords: [first] } });
    const second: StepRecord = { key: '', attempt: 1 };
    const again: StepRecord = { key: 'flush#3', output: 'other' };
    await store.advance({ lease, change: { stepRecords: [second, first] } });
    expect(await store.getStepRecords(run.id)).toEqual(
      expect.arrayContaining([first, second]),
    );
    await expect(
      store.advance({
        lease: { ...lease, fencingToken: 7 },
        change: { stepRecords: [again] },
      }),
    ).rejects.toThrow(LeaseLostError);
    expect(await store.getStepRecords(run.id)).toHaveLength(2);
    await store.advance({ lease, change: { stepRecords: [again] } });
    expect(await store.getStepRecords(run.id)).toEqual(
      expect.arrayContaining([again, second]),
    );
    expect(await store.getStepRecords('none')).toEqual([]);
  });

  it('lets a run wait, and takes it again when it is woken', async () => {
    const { knex, store, create, hold } = await setup();
    const run = makeRun({
      definitionHash: 'd'.repeat(64),
      origin: { kind: 'alert', detail: 'hit ratio' },
    });
    await create(run, { lockKeys: ['lock/a'] });
    const until = new Date(Date.now() + 1000).toISOString();
    const waitingFor: RunWaiting = {
      kind: 'decision',
      since: new Date().toISOString(),
      until,
      stepId: 'flush',
      facts: 'Nothing can tell.',
    };
    const audit = { actor: 'b', event: 'answered', runId: run.id, detail: {} };
    const wait = async () =>
      store.advance({
        lease: (await hold(run)) as RunLease,
        change: { state: 'waiting', waitingFor },
      });
    await wait();
    const waiting = await store.getRun(run.id);
    expect(waiting?.run).toMatchObject({ state: 'waiting', waitingFor });
    expect(waiting?.leaseOwner).toBeUndefined();
    expect(await knex('runbook_locks')).toHaveLength(1);
    expect(await store.listClaimable(10)).toEqual([]);
    expect(await hold(run)).toBeUndefined();
    expect(await store.listWaitExpired(new Date(), 10)).toEqual([]);
    expect(
      await store.listWaitExpired(new Date(Date.now() + 2000), 10),
    ).toEqual([run.id]);
    const woken = await Promise.all([
      store.wake({ runId: run.id, audit }),
      store.wake({ runId: run.id, audit }),
    ]);
    expect(woken.sort()).toEqual([false, true]);
    expect(
      (await store.getRunAudit(run.id, 10)).filter(
        entry => entry.event === 'answered',
      ),
    ).toHaveLength(1);
    expect((await store.getRun(run.id))?.run).toMatchObject({
      state: 'running',
      waitingFor: undefined,
    });
    expect(await store.listWaitExpired(new Date(until), 10)).toEqual([]);
    expect(await store.listClaimable(10)).toEqual([run.id]);
    await wait();
    await store.requestCancel({
      runId: run.id,
      by: 'user:default/bob',
      audit: { ...audit, event: 'cancel-asked' },
    });
    expect(await store.listClaimable(10)).toEqual([run.id]);
    expect(await store.wake({ runId: run.id })).toBe(false);
  });

  it('ends a run once: lease, locks and later writes are over', async () => {
    const { knex, store, create, hold } = await setup();
    const run = makeRun();
    await create(run, { lockKeys: ['lock/a'] });
    const lease = (await hold(run)) as RunLease;
    const event = {
      type: 'log' as const,
      level: 'info' as const,
      message: 'm',
      at: new Date().toISOString(),
    };
    const logged = await store.advance({
      lease,
      change: {},
      events: [event, event],
    });
    expect(logged.eventCount).toBe(2);
    await store.advance({
      lease,
      change: {
        state: 'failed',
        error: { message: 'why' },
        endedAt: new Date().toISOString(),
      },
      events: [{ ...event, type: 'progress', progress: 0.25 }],
    });
    expect((await store.getRun(run.id))?.run).toMatchObject({
      state: 'failed',
      error: { message: 'why' },
    });
    expect(await knex('runbook_locks')).toEqual([]);
    await expect(
      store.advance({ lease, change: { state: 'succeeded' } }),
    ).rejects.toThrow(LeaseLostError);
    const events = await store.getEvents({
      runId: run.id,
      after: 1,
      limit: 10,
    });
    expect(
      events.map(({ sequence, progress }) => [sequence, progress]),
    ).toEqual([
      [2, undefined],
      [3, 0.25],
    ]);
    const cancelled = await store.requestCancel({
      runId: run.id,
      by: 'user:default/bob',
      audit: { actor: 'user:default/bob', event: 'cancel-asked', detail: {} },
    });
    expect(cancelled?.run.cancelRequestedBy).toBeUndefined();
  });

  it('writes state and audit together or not at all', async () => {
    const { store, create } = await setup();
    const run = makeRun();
    await create(run, { lockKeys: ['lock/a'] });
    await expect(create(makeRun(), { lockKeys: ['lock/a'] })).rejects.toThrow();
    const entries = await store.readAudit({ after: 0, limit: 10 });
    expect(entries.map(entry => entry.runId)).toEqual([run.id]);
  });

  it('keeps one unbroken audit chain when many write at once', async () => {
    const { knex, store } = await setup();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        store.appendAudit({ actor: 'a', event: `event-${n}`, detail: { n } }),
      ),
    );
    const entries = await store.readAudit({ after: 0, limit: 100 });
    expect(verifyAuditChain(entries)).toEqual({ intact: true, entries: 40 });
    await knex('runbook_audit')
      .where({ sequence: 17 })
      .update({ detail: '{"n":0,"x":1}' });
    expect(
      verifyAuditChain(await store.readAudit({ after: 0, limit: 100 })),
    ).toMatchObject({ intact: false, sequence: 17 });
  });

  it('filters runs, and shows only what may be seen', async () => {
    const { store, create } = await setup();
    const low = makeRun({ risk: 'low', runbookId: 'x:one' });
    const high = makeRun({ risk: 'high', startedBy: 'user:default/bob' });
    const other = makeRun({
      target: { ...high.target, system: 'other', connection: 'second' },
      entityRef: 'resource:default/b',
    });
    for (const run of [low, high, other]) await create(run);
    const found = async (
      filter: Parameters<typeof store.listRuns>[0],
      visible?: PermissionCriteria<RunQuery>,
    ) =>
      (await store.listRuns(filter, visible)).items.map(run => run.id).sort();
    const ids = (...runs: Run[]) => runs.map(run => run.id).sort();
    expect(await found({})).toEqual(ids(low, high, other));
    expect(await found({ runbookId: 'x:one' })).toEqual(ids(low));
    expect(await found({ startedBy: 'user:default/bob' })).toEqual(ids(high));
    expect(await found({ entityRef: 'resource:default/b' })).toEqual(
      ids(other),
    );
    expect(await found({ system: 'fake', states: ['pending'] })).toEqual(
      ids(low, high),
    );
    expect(await found({ states: ['failed'] })).toEqual([]);
    expect(await found({ limit: 1, offset: 3 })).toEqual([]);
    expect(await found({}, { risks: ['low', 'medium'] })).toEqual(
      ids(low, other),
    );
    expect(
      await found(
        {},
        { not: { anyOf: [{ risks: ['low'] }, { system: 'other' }] } },
      ),
    ).toEqual(ids(high));
    expect(
      await found(
        { runbookId: 'fake:change-thing' },
        { allOf: [{ connections: ['second'] }, { runbookIds: ['x:one'] }] },
      ),
    ).toEqual([]);
    expect(await found({}, { connections: [] })).toEqual([]);
    expect(await found({}, {})).toEqual(ids(low, high, other));
  });
});
