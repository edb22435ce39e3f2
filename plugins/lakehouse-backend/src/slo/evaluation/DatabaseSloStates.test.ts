import type { SloStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import { sloSummary } from '../__testUtils__/slos';
import { DatabaseSloStates } from './DatabaseSloStates';

jest.setTimeout(60_000);

const budget = (remaining: number) => ({
  unit: 'events' as const,
  allowed: 100,
  spent: 100 - 100 * remaining,
  remaining,
});

onEachSloDatabase('DatabaseSloStates', knex => {
  const store = () => DatabaseSloStates.create({ db: knex() });
  const connections = ['analytics', 'prom'];

  it('lists the worst first: by status, then by what is left', async () => {
    await store().put([
      sloSummary({ id: 'd', status: 'healthy', budget: budget(0.9) }),
      sloSummary({ id: 'c', status: 'unknown', budget: undefined }),
      sloSummary({ id: 'b', status: 'at-risk', budget: budget(0.1) }),
      sloSummary({ id: 'e', status: 'healthy', budget: budget(0.5) }),
      sloSummary({ id: 'a', status: 'breached', budget: budget(-2) }),
      sloSummary({ id: 'z', status: 'breached', budget: budget(-20) }),
    ]);
    const list = await store().list({ connections });
    expect(list.items.map(({ id }) => id)).toEqual([
      'z',
      'a',
      'b',
      'c',
      'e',
      'd',
    ]);
    expect(list).toMatchObject({
      total: 6,
      hidden: 0,
      firing: 6,
      counts: { breached: 2, 'at-risk': 1, unknown: 1, healthy: 2 },
    });
  });

  it('gives back what was put', async () => {
    const summary = sloSummary({ title: 'Größe \0 \ud800' });
    await store().put([summary]);
    const kept = await store().get([summary.id, 'other']);
    expect(kept.size).toBe(1);
    expect(kept.get(summary.id)).toEqual({
      ...summary,
      title: expect.stringContaining('Größe'),
    });
  });

  it('keeps what was counted with the summary, until it is put without', async () => {
    const summary = sloSummary();
    const counts = {
      key: {
        sums: { good: 0.1 + 0.2, total: 2 },
        observedMinutes: 3,
        countedFromMs: 60_000,
        latency: { told: { p50: 1, p95: 2, p99: 3 } },
      },
    };
    const kept = async () =>
      (await store().evaluations([summary.id, 'other'])).get(summary.id);
    await store().put([summary], new Map([[summary.id, counts]]));
    expect(await kept()).toEqual({ summary, counts });
    const more = { key: { ...counts.key, observedMinutes: 4 } };
    await store().put([summary], new Map([[summary.id, more]]));
    expect(await kept()).toEqual({ summary, counts: more });
    await store().put([summary]);
    expect(await kept()).toEqual({ summary, counts: undefined });
  });

  it('filters, counts over all but the status, and pages', async () => {
    await store().put([
      sloSummary({ id: 'a', status: 'breached', owner: 'group:default/x' }),
      sloSummary({ id: 'b', status: 'healthy', owner: 'group:default/x' }),
      sloSummary({ id: 'c', status: 'healthy', owner: 'group:default/y' }),
      sloSummary({
        id: 'd',
        status: 'healthy',
        system: 'system:default/other',
        entityRef: 'component:default/other',
        title: '100%_sure Thing',
      }),
    ]);
    const ids = async (request: object) =>
      (await store().list({ connections, ...request })).items.map(
        ({ id }) => id,
      );
    expect(await ids({ owner: 'group:default/x' })).toEqual(['a', 'b']);
    expect(await ids({ system: 'system:default/other' })).toEqual(['d']);
    expect(await ids({ entityRef: 'component:default/other' })).toEqual(['d']);
    expect(await ids({ search: '%_SURE thing' })).toEqual(['d']);
    expect(await ids({ search: '%x' })).toEqual([]);
    expect(await ids({ status: 'healthy', limit: 1, offset: 1 })).toEqual([
      'c',
    ]);
    const list = await store().list({
      connections,
      status: 'healthy',
      owner: 'group:default/x',
    });
    expect(list.total).toBe(1);
    expect(list.counts).toEqual({
      breached: 1,
      'at-risk': 0,
      unknown: 0,
      healthy: 1,
    });
  });

  it('keeps groups together over pages: the one with the worst first', async () => {
    const slo = (
      id: string,
      owner: string | undefined,
      status: SloStatus,
      remaining: number,
    ) => sloSummary({ id, owner, status, budget: budget(remaining) });
    await store().put([
      slo('a', 'group:default/x', 'healthy', 0.9),
      slo('b', 'group:default/x', 'at-risk', 0.2),
      slo('c', 'group:default/y', 'breached', -1),
      slo('d', 'group:default/y', 'healthy', 0.8),
      slo('e', undefined, 'at-risk', 0.1),
      slo('f', undefined, 'healthy', 0.95),
    ]);
    const ids = async (request: object) =>
      (
        await store().list({ connections, groupBy: 'owner', ...request })
      ).items.map(({ id }) => id);
    expect(await ids({})).toEqual(['c', 'd', 'e', 'f', 'b', 'a']);
    expect(await ids({ limit: 2, offset: 1 })).toEqual(['d', 'e']);
    expect(await ids({ status: 'healthy' })).toEqual(['d', 'a', 'f']);
    expect(await ids({ groupBy: 'system' })).toEqual([
      'c',
      'e',
      'b',
      'd',
      'a',
      'f',
    ]);
  });

  it('tells owners and systems of what may be seen, over all but themselves', async () => {
    await store().put([
      sloSummary({ id: 'a', owner: 'group:default/x', status: 'breached' }),
      sloSummary({ id: 'b', owner: 'group:default/x', status: 'healthy' }),
      sloSummary({ id: 'c', owner: 'group:default/y', status: 'healthy' }),
      sloSummary({
        id: 'd',
        owner: 'group:default/hidden',
        connections: ['secret'],
      }),
      sloSummary({ id: 'e', owner: undefined, system: undefined }),
    ]);
    const facets = async (request: object) =>
      (await store().list({ connections, ...request })).facets;
    const system = { value: 'system:default/lakehouse', count: 3 };
    expect(await facets({})).toEqual({
      owners: [
        { value: 'group:default/x', count: 2 },
        { value: 'group:default/y', count: 1 },
      ],
      systems: [system],
    });
    expect(await facets({ owner: 'group:default/y' })).toEqual({
      owners: [
        { value: 'group:default/x', count: 2 },
        { value: 'group:default/y', count: 1 },
      ],
      systems: [{ ...system, count: 1 }],
    });
    expect((await facets({ status: 'breached' })).owners).toEqual([
      { value: 'group:default/x', count: 1 },
    ]);
  });

  it('tells the hundred owners of the most SLOs', async () => {
    await store().put(
      Array.from({ length: 121 }, (_, n) =>
        sloSummary({
          id: `slo-${n}`,
          owner: `group:default/o${Math.min(n, 119)}`,
        }),
      ),
    );
    const { owners } = (await store().list({ connections })).facets;
    expect(owners).toHaveLength(100);
    expect(owners[0]).toEqual({ value: 'group:default/o119', count: 2 });
  });

  it('shows an SLO only to those who may see all of its connections', async () => {
    await store().put([
      sloSummary({ id: 'a', connections: ['analytics', 'prom'] }),
      sloSummary({ id: 'b', connections: ['analytics'] }),
      sloSummary({ id: 'c', connections: ['prom'] }),
    ]);
    const list = await store().list({ connections: ['analytics'] });
    expect(list.items.map(({ id }) => id)).toEqual(['b']);
    expect(list).toMatchObject({ total: 1, hidden: 2 });
    const ofProm = await store().list({ connections, connection: 'prom' });
    expect(ofProm.items.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(await store().list({ connections: [] })).toMatchObject({
      items: [],
      total: 0,
      hidden: 3,
    });
  });

  it('tells what changed, but not of new figures or a later look', async () => {
    const first = sloSummary({ evaluatedAt: '2026-11-21T10:00:00.000Z' });
    expect(await store().exchange([first])).toEqual([first.id]);
    const later = { ...first, evaluatedAt: '2026-11-21T10:00:20.000Z' };
    expect(await store().exchange([later])).toEqual([]);
    expect((await store().get([first.id])).get(first.id)).toEqual(later);
    expect(await store().exchange([{ ...later, attainment: 0.5 }])).toEqual([]);
    expect(await store().exchange([{ ...later, status: 'breached' }])).toEqual([
      first.id,
    ]);
    await store().remove([first.id]);
    expect(await store().shown()).toEqual(new Map());
  });

  it('keeps and lists a thousand', async () => {
    await store().put(
      Array.from({ length: 1_000 }, (_, n) =>
        sloSummary({
          id: `slo-${String(n).padStart(4, '0')}`,
          status: n % 2 ? 'healthy' : 'at-risk',
          budget: budget(n / 1_000),
        }),
      ),
    );
    const list = await store().list({ connections, limit: 50, offset: 490 });
    expect(list.total).toBe(1_000);
    expect(list.items).toHaveLength(50);
    expect(list.items[0].id).toBe('slo-0980');
    expect(list.items[10].id).toBe('slo-0001');
  });
});
