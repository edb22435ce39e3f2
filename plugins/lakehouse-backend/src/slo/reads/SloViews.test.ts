import { mockServices } from '@backstage/backend-test-utils';
import type {
  QueryRecord,
  SloCorrection,
  SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { onEachDatabase } from '../../observations/__testUtils__/onEachDatabase';
import { sloDefinition } from '../__testUtils__/slos';
import { DatabaseSloBook } from '../definitions/DatabaseSloBook';
import { createSloEvaluation } from '../evaluation/createSloEvaluation';
import type { SloStates } from '../evaluation/SloStates';
import { createSloAlerting } from '../notifying/createSloAlerting';
import { clearRollups } from '../rollups/__testUtils__/clearRollups';
import { backfillQueries } from '../rollups/backfill/backfillQueries';
import { DatabaseSloRollups } from '../rollups/DatabaseSloRollups';
import { seriesOf } from '../rollups/seriesOf';
import { SloViews } from './SloViews';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ENTITY = 'component:default/personal-api';
const SIGHT = { connections: ['analytics'], manageable: [] };
const id = (name: string) => `component.default.personal-api.${name}`;

const WINDOW = { kind: 'rolling', durationMs: 2 * DAY } as const;
const [LATENCY] = sloDefinition().objectives;
const SUCCESS: SloDefinition['objectives'][number] = {
  key: 'success',
  target: 0.98,
  weight: 1,
  sli: {
    name: 'success',
    source: {
      type: 'lakehouse',
      indicator: 'query-success',
      connection: 'analytics',
      filter: { source: 'personal-api' },
    },
  },
};
const DEFINITIONS: readonly SloDefinition[] = [
  sloDefinition({ name: 'fast', window: WINDOW }),
  sloDefinition({
    name: 'sliced',
    window: WINDOW,
    method: 'Timeslices',
    objectives: [
      { ...LATENCY, slice: { durationMs: 5 * MINUTE, target: 0.9 } },
    ],
  }),
  sloDefinition({
    name: 'both',
    window: {
      kind: 'calendar',
      unit: 'week',
      count: 1,
      startTime: '2026-01-05T00:00:00',
      timeZone: 'UTC',
    },
    objectives: [LATENCY, SUCCESS],
  }),
];

function query(number: number, endedMs: number): QueryRecord {
  const isBad = number % 7 === 0;
  return {
    connection: 'analytics',
    queryId: `query-${number}`,
    state: isBad ? 'FAILED' : 'FINISHED',
    ...(isBad && { error: { name: 'ANY', type: 'INTERNAL_ERROR' } }),
    source: 'personal-api',
    user: 'ann',
    clientTags: [],
    resourceGroup: [],
    createdAt: new Date(endedMs - 5_000).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    wallMs: 100 + ((number * 733) % 4_000),
    queuedMs: 10,
    tablesRead: [],
    tablesWritten: [],
    observedBy: ['listener'],
    observedAt: new Date(endedMs).toISOString(),
  };
}

onEachDatabase('SloViews', current => {
  let nowMs: number;

  beforeEach(async () => {
    nowMs = NOW;
    const { knex } = current();
    await clearRollups(knex);
    for (const table of [
      'slos',
      'slo_files',
      'slo_versions',
      'slo_states',
      'slo_rounds',
      'slo_alerts',
      'slo_corrections',
    ]) {
      await knex(table).delete();
    }
  });

  /** A replica of the backend: nothing is in its memory that another knows. */
  function replica() {
    const { knex } = current();
    const now = () => nowMs;
    const book = DatabaseSloBook.create({ db: knex, now });
    const rollups = DatabaseSloRollups.create({ db: knex, now });
    const alerting = createSloAlerting({
      db: knex,
      config: mockServices.rootConfig({
        data: { app: { baseUrl: 'https://app.example.com' } },
      }),
      notifications: { send: async () => undefined },
      events: { publish: async () => undefined },
      logger: mockServices.logger.mock(),
    });
    const { states, evaluator } = createSloEvaluation({
      db: knex,
      book,
      rollups,
      alerting,
      notifier: { notify: () => undefined },
      logger: mockServices.logger.mock(),
    });
    const { alertLog } = alerting;
    const counted = {
      sums: jest.spyOn(rollups, 'sums'),
      reach: jest.spyOn(rollups, 'reach'),
      latencyBins: jest.spyOn(rollups, 'latencyBins'),
    };
    const parts = { book, rollups, alertLog, now };
    const views = SloViews.create({ ...parts, states });
    /** The same, all counted anew. */
    const anew = SloViews.create({
      ...parts,
      states: {
        list: request => states.list(request),
        evaluations: async (
          ids: readonly string[],
        ): ReturnType<SloStates['evaluations']> =>
          new Map(
            [...(await states.get(ids))].map(([of, summary]) => [
              of,
              { summary },
            ]),
          ),
      },
    });
    return { ...parts, states, evaluator, counted, views, anew };
  }
  type Replica = ReturnType<typeof replica>;

  const record = (...queries: QueryRecord[]) =>
    current().store.record(
      queries.map(one => ({ type: 'QueryObserved', query: one })),
    );

  const apply = (on: Replica, definitions: readonly SloDefinition[]) =>
    on.book.apply({
      updates: [
        {
          namedBy: ENTITY,
          location: './slo.yaml',
          format: 'openslo',
          problems: [],
          good: {
            content: '',
            slos: definitions.map(definition => ({
              id: id(definition.name),
              definition,
              entityRef: ENTITY,
            })),
          },
        },
      ],
    });

  async function countAll(on: Replica) {
    const slos = await on.book.list();
    await on.rollups.setSeries(
      slos.flatMap(({ definition }) =>
        definition.objectives.map(one => seriesOf(definition, one)),
      ),
    );
  }

  async function backfill() {
    const { knex, store } = current();
    while (
      await backfillQueries(knex, { connection: 'analytics', store, nowMs })
    );
  }

  /** Queries of the last days, counted, and SLOs that were evaluated once. */
  async function evaluated() {
    const evaluating = replica();
    const queries = Array.from({ length: 300 }, (_, number) =>
      query(number, NOW - (number + 1) * 11 * MINUTE),
    );
    await record(...queries);
    await apply(evaluating, DEFINITIONS);
    await countAll(evaluating);
    await backfill();
    await evaluating.evaluator.evaluate({ nowMs });
    return evaluating;
  }

  const totals = async (views: SloViews) =>
    new Map(
      (await views.ofEntity(ENTITY, SIGHT)).items.map(slo => [
        slo.name,
        slo.objectives.map(({ total }) => total),
      ]),
    );

  /** Whether what is told is what counting anew tells. */
  async function expectTrue(on: Replica) {
    expect(await on.views.ofEntity(ENTITY, SIGHT)).toEqual(
      await on.anew.ofEntity(ENTITY, SIGHT),
    );
  }

  it('tells what the evaluation of another replica counted, and counts nothing', async () => {
    await evaluated();
    const { views, counted, anew } = replica();
    const told = await views.ofEntity(ENTITY, SIGHT);
    for (const read of Object.values(counted)) {
      expect(read).not.toHaveBeenCalled();
    }
    expect(told.items).toHaveLength(3);
    for (const slo of told.items) {
      for (const { good, total, latencyMs, objective } of slo.objectives) {
        expect(total).toBeGreaterThan(100);
        expect(good).toBeLessThan(total ?? 0);
        expect(latencyMs === undefined).toBe(objective.key === 'success');
      }
    }
    expect(told).toEqual(await anew.ofEntity(ENTITY, SIGHT));
    expect(counted.sums).toHaveBeenCalled();
  });

  it('tells of what came late with the next evaluation, as the summary does', async () => {
    const evaluating = await evaluated();
    const other = replica();
    const before = await totals(other.views);
    await record(query(1_002, NOW - 3 * HOUR), query(1_003, NOW - 5 * HOUR));
    expect(await totals(other.views)).toEqual(before);
    await evaluating.evaluator.evaluate({ nowMs: NOW + 15_000 });
    const after = await totals(other.views);
    expect(after.get('fast')).toEqual([(before.get('fast')?.[0] ?? 0) + 2]);
    expect(after).toEqual(await totals(other.anew));

    nowMs = NOW + MINUTE;
    await evaluating.evaluator.evaluate({ nowMs });
    other.counted.sums.mockClear();
    await other.views.ofEntity(ENTITY, SIGHT);
    expect(other.counted.sums).not.toHaveBeenCalled();
    await expectTrue(other);
  });

  it('tells what was counted anew of the past', async () => {
    const evaluating = replica();
    await record(
      ...Array.from({ length: 100 }, (_, number) =>
        query(number, NOW - (number + 1) * 20 * MINUTE),
      ),
    );
    await apply(evaluating, DEFINITIONS);
    await countAll(evaluating);
    await evaluating.evaluator.evaluate({ nowMs });
    const other = replica();
    expect((await totals(other.views)).get('fast')).toEqual([undefined]);
    await backfill();
    nowMs = NOW + MINUTE;
    await evaluating.evaluator.evaluate({ nowMs });
    expect((await totals(other.views)).get('fast')?.[0]).toBeGreaterThan(50);
    expect(other.counted.sums).not.toHaveBeenCalled();
    await expectTrue(other);
  });

  it('counts anew as soon as a correction comes or goes', async () => {
    await evaluated();
    const other = replica();
    const before = await totals(other.views);
    const correction: SloCorrection = {
      id: 'c1',
      from: new Date(NOW - 4 * HOUR).toISOString(),
      to: new Date(NOW - 2 * HOUR).toISOString(),
      kind: 'maintenance',
      reason: 'A planned move',
      author: 'user:default/ann',
      createdAt: new Date(NOW).toISOString(),
    };
    await other.alertLog.addCorrection(id('fast'), correction);
    other.counted.sums.mockClear();
    const after = await totals(other.views);
    expect(other.counted.sums).toHaveBeenCalledTimes(1);
    expect(after.get('fast')?.[0]).toBeLessThan(before.get('fast')?.[0] ?? 0);
    expect(after.get('sliced')).toEqual(before.get('sliced'));
    await expectTrue(other);
    await other.alertLog.removeCorrection(id('fast'), 'c1');
    expect(await totals(other.views)).toEqual(before);
  });

  it('counts anew what another version of a definition asks for', async () => {
    const evaluating = await evaluated();
    nowMs = NOW + MINUTE;
    await apply(evaluating, [
      { ...DEFINITIONS[0], window: { kind: 'rolling', durationMs: DAY } },
      ...DEFINITIONS.slice(1),
    ]);
    const other = replica();
    const before = await totals(evaluating.views);
    const after = await totals(other.views);
    expect(other.counted.sums).toHaveBeenCalledTimes(1);
    expect(after).toEqual(before);
    expect(after.get('fast')?.[0]).toBeLessThan(after.get('sliced')?.[0] ?? 0);
    await expectTrue(other);
    await evaluating.evaluator.evaluate({ nowMs });
    other.counted.sums.mockClear();
    await other.views.ofEntity(ENTITY, SIGHT);
    expect(other.counted.sums).not.toHaveBeenCalled();
    await expectTrue(other);
  });

  it('does not rely on an evaluation that is minutes old', async () => {
    await evaluated();
    await record(query(1_002, NOW - 3 * HOUR));
    const other = replica();
    nowMs = NOW + 5 * MINUTE;
    const before = await totals(other.views);
    nowMs += 1;
    const after = await totals(other.views);
    expect(after.get('fast')).toEqual([(before.get('fast')?.[0] ?? 0) + 1]);
    await expectTrue(other);
  });

  it('counts anew where a release that keeps no counts evaluated', async () => {
    await evaluated();
    await current().knex('slo_states').update({ window_counts: null });
    const other = replica();
    await expectTrue(other);
    expect(other.counted.sums).toHaveBeenCalled();
  });
});
