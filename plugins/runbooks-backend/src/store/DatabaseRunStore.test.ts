import { TestDatabases } from '@backstage/backend-test-utils';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Preview, Run } from '@lakehouse-ops/plugin-runbooks-common';
import { randomUUID } from 'node:crypto';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions';
import { DatabaseRunStore } from './DatabaseRunStore';
import { LeaseLostError, type RunLease } from './RunStore';

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
    let time = Date.now();
    const { store, create, hold } = await setup(() => new Date(time));
    const run = makeRun();
    await create(run, { lockKeys: ['lock/a'] });
    expect(await store.listClaimable(10)).toEqual([run.id]);
    const claims = await Promise.all([
      hold(run, 'one', 1000),
      hold(run, 'two', 1000),
      hold(run, 'three', 1000),
    ]);
    const holders = claims.filter(claim => claim !== undefined);
    expect(holders).toHaveLength(1);
    const old = holders[0] as RunLease;
    expect(await store.listClaimable(10)).toEqual([]);
    expect(await store.heartbeat(old, 1000)).toEqual({
      cancelRequestedBy: undefined,
    });
    time += 2000;
    expect(await store.listClaimable(10)).toEqual([run.id]);
    const next = await hold(run, 'next', 1000);
    expect(next?.fencingToken).toBe(old.fencingToken + 1);
    expect(await store.heartbeat(old, 1000)).toBeUndefined();
    await expect(
      store.advance({ lease: old, change: { state: 'running' } }),
    ).rejects.toThrow(LeaseLostError);
    await expect(store.appendEvents(old, [])).rejects.toThrow(LeaseLostError);
    await store.release(old);
    expect(await store.listClaimable(10)).toEqual([]);
    await store.release(next as RunLease);
    expect(await store.listClaimable(10)).toEqual([run.id]);
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
    expect(await store.appendEvents(lease, [event, event])).toBe(2);
    const ended = await store.advance({
      lease,
      change: {
        state: 'failed',
        error: { message: 'why' },
        endedAt: new Date().toISOString(),
      },
      events: [{ ...event, type: 'progress', progress: 0.25 }],
    });
    expect(ended.run).toMatchObject({
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
