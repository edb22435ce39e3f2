import { evaluationRig } from '../__testUtils__/evaluationRig';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import { sloDefinition, storedSlo } from '../__testUtils__/slos';
import type { StoredSlo } from '../definitions/SloBook';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const ID = storedSlo().id;

/** 1 % may fail over 7 days; the fast alert looks at 14 minutes and at 1. */
const week = (overrides: Partial<StoredSlo> = {}) =>
  storedSlo({
    definition: sloDefinition({
      window: { kind: 'rolling', durationMs: 7 * DAY },
    }),
    ...overrides,
  });

onEachSloDatabase('SloEvaluator', knex => {
  function rig() {
    const made = evaluationRig(knex());
    made.book.slos = [week()];
    made.rollups.fill(
      'analytics',
      { fromMs: NOW - 7 * DAY, toMs: NOW },
      { good: 10, total: 10 },
    );
    return made;
  }
  type Rig = ReturnType<typeof rig>;

  /** Minutes in which all fails, or nothing does; one round after each. */
  async function pass(
    on: Rig,
    options: { fromMs: number; minutes: number; good: number },
  ) {
    const { fromMs, minutes, good } = options;
    for (let n = 0; n < minutes; n += 1) {
      const start = fromMs + n * MINUTE;
      on.rollups.fill(
        'analytics',
        { fromMs: start, toMs: start + MINUTE },
        { good, total: 10 },
      );
      await on.round(start + MINUTE);
    }
    return fromMs + minutes * MINUTE;
  }

  const summary = async (on: Rig, id = ID) => {
    const found = (await on.states.get([id])).get(id);
    if (!found) throw new Error(`no state of ${id}`);
    return found;
  };
  const alerts = async (on: Rig, id = ID) =>
    (await on.alertLog.alerts([id])).get(id) ?? [];

  it('tells a healthy SLO with all its figures', async () => {
    const on = rig();
    await on.round(NOW);
    const found = await summary(on);
    expect(found).toMatchObject({
      status: 'healthy',
      data: 'measured',
      attainment: 1,
      coverage: 1,
      budget: { unit: 'events', spent: 0, remaining: 1 },
      target: 0.99,
      evaluatedAt: new Date(NOW).toISOString(),
      lastDataAt: new Date(NOW - MINUTE).toISOString(),
    });
    expect(found.budget?.allowed).toBeCloseTo(0.01 * 7 * 1440 * 10, 6);
    expect(found.burnRates.map(({ state }) => state)).toEqual([
      'inactive',
      'inactive',
      'inactive',
    ]);
    expect(found.sentence).toContain(
      "nothing of 7 days' budget is gone".slice(1),
    );
    expect(found.sparkline.length).toBeGreaterThan(20);
    expect(found.sparkline.length).toBeLessThanOrEqual(40);
    expect(found.sparkline.at(-1)).toEqual({
      at: new Date(NOW).toISOString(),
      remaining: 1,
    });
    expect(on.sent).toEqual([]);
  });

  it('fires within two minutes, names who burns, tells once, and resolves', async () => {
    const on = rig();
    on.rollups.spent.set('analytics', [
      { hourMs: NOW, dimension: 'source', value: 'nightly-export', bad: 81 },
      { hourMs: NOW, dimension: 'source', value: 'adhoc', bad: 19 },
      { hourMs: NOW, dimension: 'table', value: 'gold.daily_sales', bad: 100 },
    ]);
    await on.round(NOW);
    let now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    const [alert] = await alerts(on);
    expect(alert).toMatchObject({
      condition: 'fast-burn',
      severity: 'page',
      state: 'firing',
    });
    expect(Date.parse(alert.firedAt ?? '') - NOW).toBeLessThanOrEqual(
      3 * MINUTE,
    );
    expect(alert.explanation).toContain('nightly-export');
    expect(alert.explanation).toContain('gold.daily_sales');
    expect(alert.deliveries).toEqual([
      { target: 'owner', state: 'sent', at: alert.firedAt },
    ]);
    expect(on.sent).toHaveLength(1);
    expect(on.sent[0]).toMatchObject({
      recipients: { entityRef: ['group:default/team-personal'] },
      payload: {
        severity: 'critical',
        scope: alert.id,
        title: 'Fast queries: fast-burn fires',
        link: `/catalog/default/component/personal-api/slos?slo=${ID}&at=${encodeURIComponent(
          alert.firedAt ?? '',
        )}`,
      },
    });
    expect(on.sent[0].payload.description).toContain('latency-regression');
    expect(on.signals).toContain('analytics');
    expect((await summary(on)).status).toBe('at-risk');

    now = await pass(on, { fromMs: now, minutes: 20, good: 10 });
    const fast = (await alerts(on)).find(
      ({ condition }) => condition === 'fast-burn',
    );
    expect(fast).toMatchObject({
      state: 'resolved',
      resolution: 'recovered',
      deliveries: [{ target: 'owner', state: 'sent' }],
    });
    const aboutFast = on.sent.filter(
      ({ payload }) => payload.scope === alert.id,
    );
    expect(aboutFast.map(({ payload }) => payload.title)).toEqual([
      'Fast queries: fast-burn fires',
      'Fast queries: fast-burn is over',
    ]);
  });

  it('freezes while nothing is observed: neither fires nor resolves', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    expect((await alerts(on))[0].state).toBe('firing');
    on.rollups.problems.set('analytics', 'the coordinator does not answer');
    await on.round(now + 30 * MINUTE);
    const found = await summary(on);
    expect(found.data).toBe('stale');
    expect(found.status).toBe('at-risk');
    expect(found.burnRates[0].state).toBe('frozen');
    expect(found.sentence).toContain('the coordinator does not answer');
    expect((await alerts(on))[0].state).toBe('firing');
    expect(on.sent).toHaveLength(1);
    // It comes back good: then it ends.
    await pass(on, { fromMs: now + 30 * MINUTE, minutes: 1, good: 10 });
    expect((await alerts(on))[0]).toMatchObject({
      state: 'resolved',
      resolution: 'recovered',
    });
  });

  it('changes nothing when the clock goes back, and goes on after it', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    await on.round(now - 2 * HOUR);
    expect((await alerts(on))[0].state).toBe('firing');
    expect((await summary(on)).evaluatedAt).toBe(new Date(now).toISOString());
    // From an hour ahead everything is old: frozen, whatever it was.
    await on.round(now + HOUR);
    await on.round(now + 10_000);
    await on.round(now + 20_000);
    expect((await alerts(on))[0].state).toBe('firing');
    expect(on.sent).toHaveLength(1);
  });

  it('ignores events of the future', async () => {
    const on = rig();
    on.rollups.fill(
      'analytics',
      { fromMs: NOW + HOUR, toMs: NOW + 2 * HOUR },
      { good: 0, total: 1_000 },
    );
    await on.round(NOW);
    expect(await summary(on)).toMatchObject({ attainment: 1 });
    expect(await alerts(on)).toEqual([]);
  });

  it('says so when nothing was ever observed', async () => {
    const on = evaluationRig(knex());
    on.book.slos = [week()];
    await on.round(NOW);
    const found = await summary(on);
    expect(found).toMatchObject({ status: 'unknown', data: 'no-data' });
    expect(found).not.toHaveProperty('attainment');
    expect(found.budget).toBeUndefined();
    expect(found.burnRates.map(({ state }) => state)).toEqual([
      'frozen',
      'frozen',
      'frozen',
    ]);
  });

  it('has no figures where there was nothing to count', async () => {
    const on = evaluationRig(knex());
    on.book.slos = [week()];
    on.rollups.fill(
      'analytics',
      { fromMs: NOW - HOUR, toMs: NOW },
      { good: 0, total: 0 },
    );
    await on.round(NOW);
    expect(await summary(on)).toMatchObject({
      status: 'unknown',
      data: 'measured',
      coverage: expect.closeTo(60 / (7 * 1440), 6),
    });
    expect((await summary(on)).budget).toBeUndefined();
  });

  it('takes NaN for no figures, and judges all other SLOs', async () => {
    const on = rig();
    const other = week({ id: 'other' });
    const { objectives } = other.definition;
    on.book.slos.push({
      ...other,
      definition: sloDefinition({
        objectives: [
          {
            ...objectives[0],
            sli: {
              name: 'x',
              source: {
                type: 'lakehouse',
                indicator: 'query-success',
                connection: 'lying',
                filter: {},
              },
            },
          },
        ],
      }),
    });
    on.rollups.fill(
      'lying',
      { fromMs: NOW - HOUR, toMs: NOW },
      { good: NaN, total: Infinity },
    );
    await on.round(NOW);
    expect((await summary(on)).status).toBe('healthy');
    expect((await summary(on, 'other')).status).toBe('unknown');
  });

  it('says of an SLO that can not be judged why, and leaves its alerts', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    const { definition } = week();
    on.book.slos = [
      week({
        definition: {
          ...definition,
          objectives: [{ ...definition.objectives[0], target: 1 }],
        },
      }),
    ];
    await on.round(now);
    expect((await summary(on)).sentence).toContain("It can't be evaluated");
    expect((await alerts(on))[0].state).toBe('firing');
  });

  it('reports an alert that can never fire', async () => {
    const on = rig();
    const { definition } = week();
    on.book.slos = [
      week({
        definition: {
          ...definition,
          objectives: [{ ...definition.objectives[0], target: 0.9 }],
        },
      }),
    ];
    await on.round(NOW);
    const [fast, slow] = (await summary(on)).burnRates;
    expect(fast).toMatchObject({ state: 'unfireable' });
    expect(fast.note).toContain('never fire');
    expect(slow.state).toBe('inactive');
    await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    expect(await alerts(on)).toEqual([]);
  });

  it('ends the alerts of an SLO that is gone, and tells so', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    on.book.slos = [];
    await on.round(now);
    expect((await alerts(on))[0]).toMatchObject({
      state: 'resolved',
      resolution: 'removed',
    });
    expect(on.sent).toHaveLength(2);
    expect(on.sent[1].payload.description).toContain('Its SLO is gone');
    expect((await on.states.get([ID])).size).toBe(0);
    expect(on.signals.at(-1)).toBe('analytics');
  });

  it('goes on with an alert whose changed definition still fires', async () => {
    const on = rig();
    await on.round(NOW);
    let now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    const changed = week({ version: 2, since: new Date(now).toISOString() });
    on.book.past.set(ID, [
      { version: 2, from: changed.since, definition: changed.definition },
      { version: 1, from: week().since, definition: week().definition },
    ]);
    on.book.slos = [changed];
    now = await pass(on, { fromMs: now, minutes: 2, good: 0 });
    expect((await alerts(on)).at(-1)).toMatchObject({ state: 'firing' });
    expect(
      on.sent.filter(({ payload }) => /fast-burn/.test(payload.title)),
    ).toHaveLength(1);
  });

  it('ends an alert whose condition its owners took away', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    on.book.slos = [
      week({
        version: 2,
        definition: {
          ...week().definition,
          alertPolicies: [
            {
              name: 'own',
              whenBreaching: true,
              whenResolved: true,
              whenNoData: false,
              targets: [],
              conditions: [
                {
                  name: 'own',
                  severity: 'ticket',
                  op: 'gte',
                  factor: 99,
                  longMs: HOUR,
                  alertAfterMs: 0,
                },
              ],
            },
          ],
        },
      }),
    ];
    await on.round(now);
    expect((await alerts(on))[0]).toMatchObject({
      condition: 'fast-burn',
      state: 'resolved',
      resolution: 'definition-changed',
    });
    expect(on.sent).toHaveLength(2);
  });

  it('waits for the hold time, and drops what ends before', async () => {
    const on = rig();
    const { definition } = week();
    const held = {
      name: 'held',
      severity: 'ticket',
      op: 'gte' as const,
      factor: 2,
      longMs: 2 * MINUTE,
      alertAfterMs: 3 * MINUTE,
    };
    on.book.slos = [
      week({
        definition: {
          ...definition,
          alertPolicies: [
            {
              name: 'own',
              whenBreaching: true,
              whenResolved: false,
              whenNoData: false,
              targets: [],
              conditions: [held],
            },
          ],
        },
      }),
    ];
    await on.round(NOW);
    let now = await pass(on, { fromMs: NOW, minutes: 2, good: 0 });
    expect((await alerts(on))[0].state).toBe('pending');
    expect((await summary(on)).burnRates[0].state).toBe('pending');
    now = await pass(on, { fromMs: now, minutes: 3, good: 10 });
    expect(await alerts(on)).toEqual([]);
    now = await pass(on, { fromMs: now, minutes: 3, good: 0 });
    expect((await alerts(on))[0].state).toBe('pending');
    now = await pass(on, { fromMs: now, minutes: 1, good: 0 });
    expect((await alerts(on))[0].state).toBe('firing');
    await pass(on, { fromMs: now, minutes: 3, good: 10 });
    expect((await alerts(on))[0].state).toBe('resolved');
    // Its owners want to hear of the beginning only.
    expect(on.sent).toHaveLength(1);
  });

  it('makes and tells each change once when two replicas judge at once', async () => {
    const on = rig();
    const second = evaluationRig(knex(), {
      book: on.book,
      rollups: on.rollups,
    });
    on.book.slos = Array.from({ length: 10 }, (_, n) =>
      week({ id: `slo-${n}`, entityRef: `component:default/c${n}` }),
    );
    await on.round(NOW);
    for (let n = 0; n < 4; n += 1) {
      on.rollups.fill(
        'analytics',
        { fromMs: NOW + n * MINUTE, toMs: NOW + (n + 1) * MINUTE },
        { good: 0, total: 10 },
      );
      await Promise.all([
        on.round(NOW + (n + 1) * MINUTE),
        second.round(NOW + (n + 1) * MINUTE),
      ]);
    }
    const told = [...on.sent, ...second.sent].filter(({ payload }) =>
      /fast-burn fires/.test(payload.title),
    );
    expect(told).toHaveLength(10);
    expect(new Set(told.map(({ payload }) => payload.scope)).size).toBe(10);
  });

  it('tells alerts of one entity that fire together in one notification', async () => {
    const on = rig();
    on.book.slos = [week({ id: 'a' }), week({ id: 'b' })];
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    expect(on.sent).toHaveLength(1);
    expect(on.sent[0].payload.title).toMatch(/and 1 more/);
    // One of them ends: the notification that replaces it still shows the other.
    on.book.slos = [week({ id: 'a' })];
    await on.round(now);
    expect(on.sent).toHaveLength(2);
    expect(on.sent[1].payload.scope).toBe(on.sent[0].payload.scope);
    expect(on.sent[1].payload.severity).toBe('critical');
    expect(on.sent[1].payload.description).toMatch(
      /fast-burn is over[\s\S]*fast-burn fires/,
    );
  });

  it('leaves corrected times out of the window and the lookbacks', async () => {
    const on = rig();
    await on.round(NOW);
    const now = await pass(on, { fromMs: NOW, minutes: 3, good: 0 });
    expect((await summary(on)).budget?.spent).toBe(30);
    await on.alertLog.addCorrection(ID, {
      id: 'c',
      from: new Date(NOW).toISOString(),
      to: new Date(now).toISOString(),
      kind: 'maintenance',
      reason: 'Upgrade',
      author: 'user:default/ada',
      createdAt: new Date(now).toISOString(),
    });
    await on.round(now);
    expect((await summary(on)).budget).toMatchObject({
      spent: 0,
      remaining: 1,
    });
    expect((await summary(on)).burnRates[0]).toMatchObject({ long: 0 });
    expect((await alerts(on))[0].state).toBe('resolved');
  });

  it('judges each time by the definition that stood then', async () => {
    const on = rig();
    on.rollups.fill(
      'analytics',
      { fromMs: NOW - 7 * DAY, toMs: NOW },
      { good: 9, total: 10 },
    );
    const { definition } = week();
    const loose = {
      ...definition,
      objectives: [{ ...definition.objectives[0], target: 0.8 }],
    };
    const half = NOW - 3.5 * DAY;
    on.book.slos = [week({ version: 2, since: new Date(half).toISOString() })];
    on.book.past.set(ID, [
      { version: 2, from: new Date(half).toISOString(), definition },
      { version: 1, from: '2026-01-01T00:00:00.000Z', definition: loose },
    ]);
    await on.round(NOW);
    // 10 % failed: half of the time 20 % were allowed, the other half 1 %.
    expect((await summary(on)).budget?.remaining).toBeCloseTo(
      1 - 0.1 / ((0.2 + 0.01) / 2),
      9,
    );
  });

  it('tells the crossing of a budget step once, and again after it healed', async () => {
    const on = rig();
    const { definition } = week();
    on.book.slos = [
      week({
        definition: {
          ...definition,
          budgetPolicy: [
            { remaining: 0.5, action: 'Look at it' },
            { remaining: 0, action: 'Stop releases' },
          ],
        },
      }),
    ];
    await on.round(NOW);
    // Of 1,008 events that may fail, so many minutes spend half, then all.
    const fail = (minutes: number) => {
      on.rollups.fill(
        'analytics',
        { fromMs: NOW, toMs: NOW + minutes * MINUTE },
        { good: 0, total: 10 },
      );
      return on.round(NOW + minutes * MINUTE);
    };
    const steps = () =>
      on.sent
        .filter(({ payload }) => payload.scope === `budget:${ID}`)
        .map(({ payload }) => payload.description);
    await fail(51);
    await fail(52);
    expect(steps()).toEqual([expect.stringContaining('Look at it')]);
    await fail(103);
    expect(steps()).toEqual([
      expect.anything(),
      expect.stringContaining('Stop releases'),
    ]);
    await on.alertLog.addCorrection(ID, {
      id: 'c',
      from: new Date(NOW).toISOString(),
      to: new Date(NOW + 103 * MINUTE).toISOString(),
      kind: 'correction',
      reason: 'Counted by mistake',
      author: 'user:default/ada',
      createdAt: new Date(NOW).toISOString(),
    });
    await fail(104);
    expect(steps()).toHaveLength(2);
    await on.alertLog.removeCorrection(ID, 'c');
    await fail(105);
    // Both are crossed anew, in one message about the lower one.
    expect(steps()).toHaveLength(3);
    expect(steps()[2]).toContain('Stop releases');
  });

  it('tells of missing data when a policy wants to know', async () => {
    const on = rig();
    const { definition } = week();
    on.book.slos = [
      week({
        definition: {
          ...definition,
          alertPolicies: [
            {
              name: 'p',
              whenBreaching: false,
              whenResolved: true,
              whenNoData: true,
              targets: [],
              conditions: [],
            },
          ],
        },
      }),
    ];
    await on.round(NOW);
    expect(on.sent).toEqual([]);
    await on.round(NOW + 10 * MINUTE);
    expect((await alerts(on))[0]).toMatchObject({
      condition: 'no-data',
      state: 'firing',
    });
    await pass(on, { fromMs: NOW + 10 * MINUTE, minutes: 1, good: 10 });
    expect((await alerts(on))[0].state).toBe('resolved');
    expect(on.sent).toHaveLength(2);
  });

  it('judges a thousand SLOs with as many reads as one', async () => {
    const on = rig();
    on.book.slos = Array.from({ length: 1_000 }, (_, n) =>
      week({ id: `slo-${n}` }),
    );
    on.rollups.minutes.clear();
    on.rollups.fill(
      'analytics',
      { fromMs: NOW - HOUR, toMs: NOW },
      { good: 10, total: 10 },
    );
    await on.evaluator.evaluate({ nowMs: NOW });
    // Counts, and the shapes of some.
    expect(on.rollups.calls).toEqual({ sums: 2, buckets: 1, reach: 1 });
    const list = await on.states.list({ connections: ['analytics'] });
    expect(list.total).toBe(1_000);
  });
});
