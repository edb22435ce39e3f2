import { budgetGrowth } from './budgetGrowth';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM = Date.parse('2026-11-01T00:00:00Z');
const NOW = FROM + 10 * DAY_MS;
const rolling = {
  definition: {
    window: { kind: 'rolling' as const, durationMs: 10 * DAY_MS },
    method: 'Occurrences' as const,
  },
  window: { fromMs: FROM, toMs: NOW, endMs: NOW },
};
const calendar = {
  definition: {
    window: {
      kind: 'calendar' as const,
      count: 1,
      unit: 'month' as const,
      startTime: '2026-01-01T00:00:00',
      timeZone: 'UTC',
    },
    method: 'Occurrences' as const,
  },
  window: { fromMs: FROM, toMs: NOW, endMs: FROM + 30 * DAY_MS },
};

describe('budgetGrowth', () => {
  it('lasts until the uncounted beginning has left a rolling window', () => {
    expect(
      budgetGrowth({
        ...rolling,
        countedFromMs: NOW - 2 * HOUR_MS,
        observedMs: HOUR_MS,
      }),
    ).toEqual({ countedMs: HOUR_MS, forMs: 10 * DAY_MS - 2 * HOUR_MS });
  });

  it('is none of a rolling window that is counted whole', () => {
    expect(
      budgetGrowth({
        ...rolling,
        countedFromMs: FROM - HOUR_MS,
        observedMs: 10 * DAY_MS,
      }),
    ).toBeUndefined();
  });

  it('lasts to the end of a calendar window of events; that of slices is known from its beginning', () => {
    const counted = { countedFromMs: FROM, observedMs: 10 * DAY_MS };
    expect(budgetGrowth({ ...calendar, ...counted })).toEqual({
      countedMs: 10 * DAY_MS,
      forMs: 20 * DAY_MS,
    });
    expect(
      budgetGrowth({
        ...calendar,
        ...counted,
        definition: { ...calendar.definition, method: 'Timeslices' },
      }),
    ).toBeUndefined();
  });

  it('is none where nothing was observed', () => {
    expect(
      budgetGrowth({ ...calendar, countedFromMs: FROM, observedMs: 0 }),
    ).toBeUndefined();
  });
});
