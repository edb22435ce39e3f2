import { TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseRunStore } from '../store/DatabaseRunStore';
import { RunStatistics } from './RunStatistics';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const now = Date.parse('2026-11-21T10:00:00.000Z');

describe.each(databases.eachSupportedId())('RunStatistics on %s', id => {
  it('counts what ended in 90 days, and what of it is known to have helped', async () => {
    const knex = await databases.init(id);
    await DatabaseRunStore.create({
      database: { getClient: async () => knex },
    });
    let count = 0;
    const insert = async (row: {
      runbook?: string;
      state: string;
      daysAgo?: number;
      tookMs?: number;
      verification?: object;
    }) => {
      count += 1;
      const startedMs = now - (row.daysAgo ?? 1) * 86_400_000;
      const started = new Date(startedMs).toISOString();
      await knex('runbook_runs').insert({
        id: `run-${count}`,
        preview_id: `preview-${count}`,
        idempotency_key: `key-${count}`,
        started_by: 'user:default/alice',
        runbook_id: row.runbook ?? 'a',
        title: 'A',
        state: row.state,
        risk: 'low',
        target_system: 's',
        target_connection: 'c',
        target_kind: 'k',
        target_name: 'n',
        parameters: '{}',
        preview: '{}',
        fingerprint: '{}',
        memory: '{}',
        steps: '[]',
        created_at: started,
        started_at: started,
        ended_at: ['running', 'waiting'].includes(row.state)
          ? undefined
          : new Date(startedMs + (row.tookMs ?? 1000)).toISOString(),
        verification: row.verification && JSON.stringify(row.verification),
      });
    };
    const verified = { outcome: 'verified', summary: '1 → 2', metrics: [] };
    await insert({ state: 'succeeded', verification: verified, tookMs: 1000 });
    await insert({ state: 'succeeded', verification: verified, tookMs: 9000 });
    await insert({
      state: 'succeeded',
      tookMs: 2000,
      daysAgo: 3,
      verification: {
        outcome: 'not-verified',
        summary: 'it said {"outcome":"verified"}',
        metrics: [],
      },
    });
    await insert({ state: 'succeeded', tookMs: -5000 });
    await insert({ state: 'failed' });
    await insert({ state: 'outcome-unknown' });
    await insert({ state: 'cancelled' });
    await insert({ state: 'running' });
    await insert({ state: 'succeeded', verification: verified, daysAgo: 91 });
    await insert({ runbook: 'b', state: 'failed' });
    const statistics = RunStatistics.create(knex);
    const figures = await statistics.read(now);
    expect([...figures.keys()].sort()).toEqual(['a', 'b']);
    expect(figures.get('a')).toEqual({
      windowDays: 90,
      runs: 7,
      helped: 2,
      failed: 2,
      medianDurationMs: 2000,
      lastRunAt: '2026-11-20T10:00:00.000Z',
    });
    expect(figures.get('b')).toMatchObject({
      runs: 1,
      failed: 1,
      medianDurationMs: undefined,
    });
    await insert({ runbook: 'b', state: 'failed' });
    expect((await statistics.read(now + 1000)).get('b')?.runs).toBe(1);
    expect((await statistics.read(now + 60_000)).get('b')?.runs).toBe(2);
  });
});
