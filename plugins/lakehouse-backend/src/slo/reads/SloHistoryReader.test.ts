import {
  evaluateBurnRateAlert,
  latencyBin,
  type SloCorrection,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { MemoryRollups } from '../__testUtils__/MemoryRollups';
import { MemoryAlertLog, MemoryBook } from '../__testUtils__/memorySlos';
import { sloDefinition, storedSlo } from '../__testUtils__/slos';
import { seriesOf } from '../rollups/seriesOf';
import { conditionsOf } from '../alerts/conditionsOf';
import { SloHistoryReader } from './SloHistoryReader';
import { SloSpendersReader } from './SloSpendersReader';
import { SloWhatIfReader } from './SloWhatIfReader';

// Months of minutes are counted anew for each figure.
jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.parse('2026-11-21T17:40:30Z');
const NOW_MINUTE_MS = Math.floor(NOW_MS / MINUTE_MS) * MINUTE_MS;

/** Good minutes but for what is told. */
function minutes(options: {
  days: number;
  bad?: (startMs: number) => number;
  unseen?: (startMs: number) => boolean;
}) {
  const { days, bad = () => 0, unseen = () => false } = options;
  const all: Array<{ startMs: number; good: number; total: number }> = [];
  for (
    let startMs = NOW_MINUTE_MS - days * DAY_MS;
    startMs < NOW_MINUTE_MS;
    startMs += MINUTE_MS
  ) {
    if (!unseen(startMs)) {
      all.push({ startMs, good: 10 - bad(startMs), total: 10 });
    }
  }
  return all;
}

function setUp(
  definition: SloDefinition,
  counted: ReturnType<typeof minutes>,
  corrections: readonly SloCorrection[] = [],
) {
  const slo = storedSlo({ definition });
  const rollups = new MemoryRollups();
  for (const objective of definition.objectives) {
    rollups.set(seriesOf(definition, objective), counted);
  }
  const book = new MemoryBook();
  book.slos = [slo];
  const alertLog = new MemoryAlertLog();
  alertLog.cuts.set(slo.id, [...corrections]);
  const options = { book, rollups, alertLog, now: () => NOW_MS };
  return {
    slo,
    book,
    rollups,
    alertLog,
    counted,
    history: SloHistoryReader.create(options),
    spenders: SloSpendersReader.create(options),
    whatIf: SloWhatIfReader.create(options),
  };
}

function sum(
  counted: ReadonlyArray<{ startMs: number; good: number; total: number }>,
  fromMs: number,
  toMs: number,
) {
  const inside = counted.filter(
    ({ startMs }) => startMs >= fromMs && startMs < toMs,
  );
  return {
    good: inside.reduce((all, one) => all + one.good, 0),
    total: inside.reduce((all, one) => all + one.total, 0),
  };
}

const rolling = (days: number) =>
  sloDefinition({ window: { kind: 'rolling', durationMs: days * DAY_MS } });

describe('SloHistoryReader', () => {
  it('tells how the budget of the window was spent along it, and burn rates', async () => {
    const definition = rolling(28);
    const { history, slo, counted, rollups } = setUp(
      definition,
      minutes({
        days: 60,
        bad: startMs => (startMs % (7 * HOUR_MS) === 0 ? 3 : 0),
      }),
    );
    const { points, burnRates, from, to } = await history.read(slo, {});
    expect([from, to]).toEqual([
      new Date(NOW_MS - 28 * DAY_MS).toISOString(),
      new Date(NOW_MS).toISOString(),
    ]);
    expect(points.length).toBeGreaterThan(200);
    expect(points.length).toBeLessThanOrEqual(300);
    const windowMs = NOW_MINUTE_MS - 28 * DAY_MS;
    const whole = sum(counted, windowMs, NOW_MS);
    for (const { at, remaining, attainment } of points) {
      const { good, total } = sum(counted, windowMs, Date.parse(at));
      expect(attainment).toBeCloseTo(good / total, 12);
      expect(remaining).toBeCloseTo(
        1 - (total - good) / (0.01 * whole.total),
        9,
      );
    }
    const fast = burnRates[0];
    expect(fast).toMatchObject({ condition: 'fast-burn', longMs: HOUR_MS });
    for (const { at, value } of fast.points.slice(0, -1)) {
      const atMs = Date.parse(at);
      const { good, total } = sum(counted, atMs - HOUR_MS, atMs);
      expect(value).toBeCloseTo((1 - good / total) / 0.01, 9);
    }
    expect(rollups.calls.sums + rollups.calls.buckets).toBeLessThanOrEqual(6);
  });

  it('is exact to the minute where hours count in part only', async () => {
    const at = (minute: number) =>
      NOW_MINUTE_MS - 5 * DAY_MS + minute * MINUTE_MS;
    const definition = rolling(28);
    const correction: SloCorrection = {
      id: 'c',
      from: new Date(at(7)).toISOString(),
      to: new Date(at(95)).toISOString(),
      kind: 'maintenance',
      reason: 'upgrade',
      author: 'user:default/guest',
      createdAt: new Date(at(0)).toISOString(),
    };
    const { history, slo } = setUp(
      definition,
      // All that is bad lies in what does not count, but for one minute before it.
      minutes({
        days: 60,
        bad: startMs => (startMs >= at(6) && startMs < at(95) ? 10 : 0),
      }),
      [correction],
    );
    const { points, excluded } = await history.read(slo, {});
    const total = (28 * 1_440 + 1 - 88) * 10 - 10;
    expect(points.at(-1)?.attainment).toBeCloseTo(1 - 10 / total, 12);
    const before = points.filter(({ at: time }) => Date.parse(time) <= at(0));
    expect(before.at(-1)?.remaining).toBe(1);
    const after = points.filter(({ at: time }) => Date.parse(time) >= at(95));
    for (const { remaining } of after) {
      expect(remaining).toBeCloseTo(1 - 10 / (0.01 * total), 9);
    }
    expect(excluded).toEqual([
      { from: correction.from, to: correction.to, reason: 'upgrade' },
    ]);
  });

  it('judges each time by the definition that stood then', async () => {
    const definition = rolling(28);
    const [objective] = definition.objectives;
    const before: SloDefinition = {
      ...definition,
      objectives: [{ ...objective, target: 0.9 }],
    };
    const changedMs = NOW_MINUTE_MS - 14 * DAY_MS;
    const { history, slo, book } = setUp(
      definition,
      minutes({
        days: 60,
        bad: startMs => (startMs < changedMs ? 0.5 : 0.05),
      }),
    );
    const from = new Date(changedMs).toISOString();
    book.history.set(slo.id, [
      { version: 2, from, definition },
      {
        version: 1,
        from: '2026-01-01T00:00:00.000Z',
        until: from,
        definition: before,
      },
    ]);
    const { points, marks } = await history.read(slo, {});
    const half = 14 * 1_440 * 10;
    // Spent: 5 % and 0.5 % of half each; allowed: 10 % and 1 %.
    expect(points.at(-1)?.remaining).toBeCloseTo(
      1 - (0.05 * half + 0.005 * half) / (0.1 * half + 0.01 * half),
      3,
    );
    expect(marks).toEqual([
      { at: from, kind: 'definition-changed', title: 'Version 2' },
    ]);
  });

  it('leaves out what was not observed, and says so', async () => {
    const definition = rolling(2);
    const unseen = (startMs: number) =>
      startMs >= NOW_MINUTE_MS - 10 * HOUR_MS &&
      startMs < NOW_MINUTE_MS - 8 * HOUR_MS;
    const { history, slo, rollups } = setUp(
      definition,
      minutes({ days: 1, unseen }),
    );
    rollups.problem = 'the cluster does not answer';
    const { points, gaps } = await history.read(slo, {});
    const known = points.filter(({ remaining }) => remaining !== undefined);
    expect(known.length).toBeLessThan(points.length / 2);
    expect(points[0]).toEqual({ at: expect.any(String) });
    expect(gaps).toEqual([
      {
        from: new Date(NOW_MINUTE_MS - 2 * DAY_MS).toISOString(),
        to: new Date(NOW_MINUTE_MS - DAY_MS).toISOString(),
        reason: 'It was not counted then.',
      },
      {
        from: new Date(NOW_MINUTE_MS - 10 * HOUR_MS).toISOString(),
        to: new Date(NOW_MINUTE_MS - 8 * HOUR_MS).toISOString(),
      },
    ]);
  });

  it('leaves out whole hours that were not observed', async () => {
    const { history, slo } = setUp(rolling(7), minutes({ days: 1 }));
    const { points } = await history.read(slo, {});
    const missing = points.filter(({ remaining }) => remaining === undefined);
    // Steps of an hour: six of seven days.
    expect(missing.length).toBeGreaterThanOrEqual(6 * 24 - 1);
    expect(points.at(-1)?.remaining).toBeDefined();
  });

  it('counts time slices of minutes as of hours', async () => {
    const [objective] = sloDefinition().objectives;
    const definition = sloDefinition({
      method: 'Timeslices',
      window: { kind: 'rolling', durationMs: 2 * DAY_MS },
      objectives: [
        { ...objective, slice: { durationMs: 5 * MINUTE_MS, target: 0.9 } },
      ],
    });
    const { history, slo } = setUp(
      definition,
      minutes({
        days: 5,
        bad: startMs => (startMs % (6 * HOUR_MS) === 0 ? 10 : 0),
      }),
    );
    const { points } = await history.read(slo, {});
    // Each slice with a wholly bad minute is 80 % good, so one of 72 is bad.
    expect(points.at(-1)?.attainment).toBeCloseTo(1 - 8 / 577, 4);
    const halfMs = NOW_MINUTE_MS - DAY_MS;
    const half = points.find(({ at }) => Date.parse(at) >= halfMs);
    expect(half?.remaining).toBeCloseTo(1 - 4 / 5.76, 1);
  });

  it('tells a calendar window from its beginning, against all of its time', async () => {
    const [objective] = sloDefinition().objectives;
    const definition = sloDefinition({
      method: 'Timeslices',
      window: {
        kind: 'calendar',
        count: 1,
        unit: 'month',
        startTime: '2026-01-01T00:00:00',
        timeZone: 'UTC',
      },
      objectives: [
        {
          ...objective,
          target: 0.9,
          slice: { durationMs: 60 * MINUTE_MS, target: 1 },
        },
      ],
    });
    const beginMs = Date.parse('2026-11-01T00:00:00Z');
    const { history, slo } = setUp(
      definition,
      minutes({
        days: 40,
        // One bad hour on each day of the month.
        bad: startMs =>
          startMs >= beginMs && (startMs - beginMs) % DAY_MS === 0 ? 1 : 0,
      }),
    );
    const { points, from } = await history.read(slo, {});
    expect(from).toBe('2026-11-01T00:00:00.000Z');
    const tenth = points.find(({ at }) => at === '2026-11-11T00:00:00.000Z');
    // Ten of 72 hours that November allows.
    expect(tenth?.remaining).toBeCloseTo(1 - 10 / 72, 12);
  });

  it('draws what is to come', async () => {
    const { history, slo } = setUp(
      rolling(28),
      minutes({ days: 60, bad: () => 0.05 }),
    );
    const { forecast } = await history.read(slo, {});
    expect(forecast.length).toBeGreaterThan(10);
    expect(forecast[0].at).toBe(new Date(NOW_MS).toISOString());
    for (const { low, mid, high } of forecast) {
      expect(low).toBeLessThanOrEqual(mid);
      expect(mid).toBeLessThanOrEqual(high);
      // As much leaves the window as is spent anew.
      expect(mid).toBeCloseTo(0.5, 1);
    }
  });

  it('answers an empty history of what was never counted', async () => {
    const { history, slo } = setUp(rolling(28), []);
    const answer = await history.read(slo, {});
    expect(answer.points.every(one => one.remaining === undefined)).toBe(true);
    expect(answer.forecast).toEqual([]);
    expect(answer.gaps).toHaveLength(1);
  });

  it('tells a few hours of a long window', async () => {
    const { history, slo, counted } = setUp(
      rolling(28),
      minutes({ days: 60, bad: startMs => (startMs % HOUR_MS === 0 ? 5 : 0) }),
    );
    const toMs = NOW_MINUTE_MS - 2 * DAY_MS;
    const { points } = await history.read(slo, {
      from: new Date(toMs - 6 * HOUR_MS).toISOString(),
      to: new Date(toMs).toISOString(),
    });
    expect(points.length).toBeGreaterThan(100);
    const whole = sum(counted, toMs - 28 * DAY_MS, toMs);
    for (const { at, remaining } of points) {
      const { good, total } = sum(counted, toMs - 28 * DAY_MS, Date.parse(at));
      expect(remaining).toBeCloseTo(
        1 - (total - good) / (0.01 * whole.total),
        9,
      );
    }
  });

  it('tells calendar windows that follow each other, and nothing before a rolling one', async () => {
    const calendar = sloDefinition({
      window: {
        kind: 'calendar',
        count: 1,
        unit: 'week',
        startTime: '2026-01-05T00:00:00',
        timeZone: 'UTC',
      },
    });
    const counted = minutes({ days: 60, bad: () => 0.05 });
    const one = setUp(calendar, counted);
    const range = { from: new Date(NOW_MS - 20 * DAY_MS).toISOString() };
    const saw = (await one.history.read(one.slo, range)).points;
    const at = (time: string) =>
      saw.find(point => point.at === time)?.remaining;
    expect(at('2026-11-09T00:00:00.000Z')).toBeCloseTo(1, 9);
    expect(at('2026-11-15T22:00:00.000Z')).toBeCloseTo(
      1 - 0.5 * (166 / 168),
      9,
    );
    expect(at('2026-11-16T00:00:00.000Z')).toBeCloseTo(1, 9);
    const two = setUp(rolling(7), counted);
    const { points } = await two.history.read(two.slo, range);
    expect(points[0].remaining).toBeUndefined();
    expect(points[0].total).toBeGreaterThan(0);
    expect(points.at(-1)?.remaining).toBeCloseTo(0.5, 2);
  });
});

describe('SloWhatIfReader', () => {
  it('tells a target exactly, and how often alerts would have fired', async () => {
    const definition = rolling(28);
    const hourMs = Math.floor((NOW_MS - 3 * DAY_MS) / HOUR_MS) * HOUR_MS;
    const { whatIf, slo, counted } = setUp(
      definition,
      minutes({
        days: 60,
        bad: startMs =>
          startMs >= hourMs && startMs < hourMs + 2 * HOUR_MS ? 5 : 0,
      }),
    );
    const [objective] = definition.objectives;
    const answer = await whatIf.read(slo, { target: 0.999, objective });
    const { good, total } = sum(counted, NOW_MINUTE_MS - 28 * DAY_MS, NOW_MS);
    expect(answer.attainment).toBeCloseTo(good / total, 6);
    expect(answer.remaining).toBeCloseTo(1 - (1 - good / total) / 0.001, 2);
    const series = {
      target: 0.999,
      minutes: counted,
      weight: 1,
    };
    for (const [index, { condition }] of conditionsOf(definition).entries()) {
      const fired = evaluateBurnRateAlert({
        method: 'Occurrences',
        condition,
        objectives: [series],
        range: { fromMs: NOW_MS - 28 * DAY_MS, toMs: NOW_MS },
      });
      expect(answer.alerts[index]).toEqual({
        condition: condition.name,
        fired: fired.length,
      });
    }
    expect(answer.alerts[0].fired).toBe(1);
    expect(answer.note).toContain('Minutes are kept for 7 days');
    const loose = await whatIf.read(slo, { target: 0.9, objective });
    expect(loose.alerts[0].fired).toBe(0);
    expect(loose.remaining).toBeGreaterThan(0.9);
  });

  it('tells a latency threshold from the sketches', async () => {
    const definition = rolling(28);
    const { whatIf, slo, rollups } = setUp(definition, minutes({ days: 30 }));
    const dayMs = Math.floor(NOW_MS / DAY_MS) * DAY_MS - DAY_MS;
    for (const [ms, count] of [
      [500, 900],
      [3_000, 90],
      [60_000, 10],
    ]) {
      rollups.bins.push({ dayMs, bin: latencyBin(ms) ?? 0, count });
    }
    const [objective] = definition.objectives;
    const answer = await whatIf.read(slo, { threshold: 10, objective });
    expect(answer).toMatchObject({
      target: 0.99,
      threshold: 10,
      attainment: 0.99,
      remaining: 0,
      alerts: [],
    });
    expect(answer.note).toContain('surely between 99 % and 99 %');
    expect(answer.points.at(-1)?.remaining).toBe(0);
  });

  it('says why another threshold can not be told', async () => {
    const [objective] = sloDefinition().objectives;
    const other = (overrides: Partial<typeof objective>) =>
      sloDefinition({ objectives: [{ ...objective, ...overrides }] });
    for (const [definition, note] of [
      [other({ threshold: undefined }), 'has no threshold'],
      [
        other({
          sli: {
            name: 'x',
            source: {
              type: 'lakehouse',
              indicator: 'table-freshness',
              connection: 'analytics',
              filter: {},
            },
          },
        }),
        'not by how much',
      ],
      [
        {
          ...other({ slice: { durationMs: MINUTE_MS } }),
          method: 'Timeslices',
        },
        'Occurrences only',
      ],
    ] as Array<[SloDefinition, string]>) {
      const { whatIf, slo } = setUp(definition, minutes({ days: 1 }));
      const answer = await whatIf.read(slo, {
        threshold: 7,
        objective: definition.objectives[0],
      });
      expect(answer.note).toContain(note);
      expect(answer.attainment).toBeUndefined();
    }
  });
});

describe('SloSpendersReader', () => {
  it('shares out what was spent, and nothing else', async () => {
    const { spenders, slo, rollups } = setUp(
      rolling(28),
      minutes({
        days: 60,
        bad: startMs => (startMs === NOW_MINUTE_MS - HOUR_MS ? 10 : 0),
      }),
    );
    const hourMs = Math.floor((NOW_MINUTE_MS - HOUR_MS) / HOUR_MS) * HOUR_MS;
    rollups.spent.push(
      { hourMs, dimension: 'source', value: 'nightly-export', bad: 7 },
      { hourMs, dimension: 'source', value: '', bad: 3 },
      ...Array.from({ length: 12 }, (_, index) => ({
        hourMs,
        dimension: 'user' as const,
        value: `u${index}`,
        bad: 10 / 12,
      })),
    );
    const answer = await spenders.read(slo, {});
    expect(answer.spent).toBeCloseTo(10 / (0.01 * 28 * 1_440 * 10), 6);
    const [source, user] = answer.dimensions;
    expect(source.items.map(({ value, bad }) => [value, bad])).toEqual([
      ['nightly-export', 7],
      ['', 3],
    ]);
    expect(source.items[0].share).toBeCloseTo(0.7, 12);
    expect(user.items).toHaveLength(11);
    expect(user.items[10].value).toBeUndefined();
    for (const { items } of answer.dimensions) {
      expect(items.reduce((all, { share }) => all + share, 0)).toBeCloseTo(
        1,
        12,
      );
    }
  });

  it('says why there is nobody to name', async () => {
    const [objective] = sloDefinition().objectives;
    const looks = sloDefinition({
      objectives: [
        {
          ...objective,
          sli: {
            name: 'x',
            source: {
              type: 'lakehouse',
              indicator: 'memory-headroom',
              connection: 'analytics',
              filter: {},
            },
          },
        },
      ],
    });
    const one = setUp(looks, minutes({ days: 40, bad: () => 1 }));
    const told = await one.spenders.read(one.slo, {});
    expect(told.note).toContain('no count of queries');
    expect(told.spent).toBeCloseTo(10, 6);
    const two = setUp(rolling(28), minutes({ days: 40 }));
    expect(await two.spenders.read(two.slo, {})).toMatchObject({
      spent: 0,
      dimensions: [],
      note: 'Nothing was spent in this time.',
    });
  });
});
