import { evaluationRig } from '../__testUtils__/evaluationRig';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import { sloDefinition, storedSlo } from '../__testUtils__/slos';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const ID = storedSlo().id;

const objective = (key: string, target: number) => ({
  key,
  target,
  weight: 1,
  slice: { durationMs: 10 * MINUTE, target: 0.9 },
  sli: {
    name: key,
    source: {
      type: 'lakehouse' as const,
      indicator: 'query-success' as const,
      connection: key,
      filter: {},
    },
  },
});

onEachSloDatabase('Composites', knex => {
  it('call a slice bad that is bad for one objective, in windows and lookbacks', async () => {
    const on = evaluationRig(knex());
    on.book.slos = [
      storedSlo({
        definition: sloDefinition({
          method: 'Timeslices',
          window: { kind: 'rolling', durationMs: DAY },
          objectives: [objective('a', 0.9), objective('b', 0.95)],
        }),
      }),
    ];
    const range = { fromMs: NOW - DAY, toMs: NOW };
    on.rollups.fill('a', range, { good: 10, total: 10 });
    on.rollups.fill('b', range, { good: 10, total: 10 });
    const fail = (connection: string, hoursAgo: number, minutes: number) => {
      const fromMs = NOW - hoursAgo * HOUR;
      on.rollups.fill(
        connection,
        { fromMs, toMs: fromMs + minutes * MINUTE },
        { good: 0, total: 10 },
      );
    };
    // Three slices of one, two of the other, of which one is the same.
    fail('a', 5, 30);
    fail('b', 5, 10);
    fail('b', 3, 10);
    await on.round(NOW);
    const found = (await on.states.get([ID])).get(ID);
    expect(found).toMatchObject({
      data: 'measured',
      connections: ['a', 'b'],
      budget: { unit: 'ms', spent: 4 * 10 * MINUTE },
    });
    expect(found?.attainment).toBeCloseTo(1 - 4 / 144, 9);
    // Late events of yesterday count when the hour has passed.
    fail('a', 20, 10);
    await on.round(NOW + 20_000);
    await on.round(NOW + HOUR);
    const later = (await on.states.get([ID])).get(ID);
    expect(later?.budget?.spent).toBe(5 * 10 * MINUTE);
  });

  it('add the shares that objectives spent, by weight', async () => {
    const on = evaluationRig(knex());
    on.book.slos = [
      storedSlo({
        definition: sloDefinition({
          window: { kind: 'rolling', durationMs: DAY },
          objectives: [
            { ...objective('a', 0.9), weight: 0.5 },
            { ...objective('b', 0.99), weight: 0.25 },
          ],
        }),
      }),
    ];
    const range = { fromMs: NOW - DAY, toMs: NOW };
    on.rollups.fill('a', range, { good: 95, total: 100 });
    on.rollups.fill('b', range, { good: 99.5, total: 100 });
    await on.round(NOW);
    const found = (await on.states.get([ID])).get(ID);
    // Each spent half of its own budget.
    expect(found?.budget?.remaining).toBeCloseTo(1 - 0.5 * 0.5 - 0.25 * 0.5, 9);
  });

  it('stay as they are while one objective is not observed', async () => {
    const on = evaluationRig(knex());
    on.book.slos = [
      storedSlo({
        definition: sloDefinition({
          window: { kind: 'rolling', durationMs: DAY },
          objectives: [objective('a', 0.99), objective('b', 0.99)],
        }),
      }),
    ];
    const fill = (
      connection: string,
      fromMs: number,
      toMs: number,
      good: number,
    ) => on.rollups.fill(connection, { fromMs, toMs }, { good, total: 10 });
    fill('a', NOW - DAY, NOW, 10);
    fill('b', NOW - DAY, NOW - 10 * MINUTE, 10);
    fill('b', NOW - 10 * MINUTE, NOW, 0);
    await on.round(NOW);
    const states = async () =>
      (await on.alertLog.alerts([ID])).get(ID)?.map(({ state }) => state);
    expect(new Set(await states())).toEqual(new Set(['firing']));
    // The one that burns is not seen any more, the other is fine.
    fill('a', NOW, NOW + HOUR, 10);
    await on.round(NOW + HOUR);
    expect(new Set(await states())).toEqual(new Set(['firing']));
    const found = (await on.states.get([ID])).get(ID);
    expect(found?.burnRates.map(({ state }) => state)).toContain('frozen');
  });
});
