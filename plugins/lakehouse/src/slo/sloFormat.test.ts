import {
  formatAttainment,
  formatBudget,
  formatBurn,
  formatInUnit,
  formatLookback,
  formatTarget,
  formatThreshold,
  formatWindow,
} from './sloFormat';

const HOUR_MS = 3_600_000;

describe('attainment and target', () => {
  it.each([
    [0.995, '99.5 %'],
    [0.999, '99.9 %'],
    [0.9999, '99.99 %'],
    [0.95, '95 %'],
  ])('writes target %d as it was written', (target, text) => {
    expect(formatTarget(target)).toBe(text);
  });

  it.each([
    [0.99685, 0.995, '99.685 %'],
    // Missed by a hair: it must not read as met.
    [0.9949999, 0.995, '99.499 %'],
    [0.995, 0.995, '99.5 %'],
    [0.99999999, 0.999, '99.999 %'],
    [1, 0.999, '100 %'],
    [0, 0.9, '0 %'],
    [undefined, 0.9, '–'],
  ])('writes %d of %d as %s', (attainment, target, text) => {
    expect(formatAttainment(attainment, target)).toBe(text);
  });
});

describe('budgets', () => {
  it('tells time that is left', () => {
    expect(
      formatBudget({
        unit: 'ms',
        allowed: 3.6 * HOUR_MS,
        spent: 3.6 * HOUR_MS - 80 * 60_000,
        remaining: 0.37,
      }),
    ).toBe('37 % left (1 h 20 m of 3 h 36 m)');
  });

  it('tells events that are left, and parts of events when there are few', () => {
    expect(
      formatBudget({
        unit: 'events',
        allowed: 840,
        spent: 528,
        remaining: 312 / 840,
      }),
    ).toBe('37 % left (312 of 840 events)');
    expect(
      formatBudget({
        unit: 'events',
        allowed: 4.25,
        spent: 1,
        remaining: 3.25 / 4.25,
      }),
    ).toBe('76 % left (3.3 of 4.3 events)');
  });

  it('tells an overdraft as what was spent', () => {
    expect(
      formatBudget({
        unit: 'ms',
        allowed: 2 * HOUR_MS,
        spent: 3 * HOUR_MS,
        remaining: -0.5,
      }),
    ).toBe('Overdrawn by 50 % (3 h 00 m spent of 2 h 00 m)');
    expect(
      formatBudget({ unit: 'events', allowed: 10, spent: 10, remaining: 0 }),
    ).toBe('Nothing left (0 of 10 events)');
  });

  it('claims nothing of what was not counted', () => {
    expect(formatBudget(undefined)).toBe('– (nothing was counted)');
  });
});

describe('rates, windows and thresholds', () => {
  it.each([
    [undefined, '–'],
    [0, '0×'],
    [0.01, '<0.1×'],
    [9.24, '9.2×'],
    [14.4, '14.4×'],
    [1_234.5, '1,235×'],
  ])('writes a burn rate of %d as %s', (rate, text) => {
    expect(formatBurn(rate)).toBe(text);
  });

  it('writes lookbacks in the unit that fits', () => {
    expect(formatLookback(HOUR_MS)).toBe('1 h');
    expect(formatLookback(5 * 60_000)).toBe('5 m');
    expect(formatLookback(72 * HOUR_MS)).toBe('3 d');
    expect(formatLookback(84 * 60_000)).toBe('1 h 24 m');
    expect(formatLookback(1_008 * 60_000)).toBe('16 h 48 m');
  });

  it('writes windows', () => {
    expect(formatWindow({ kind: 'rolling', durationMs: 720 * HOUR_MS })).toBe(
      '30 days',
    );
    expect(formatWindow({ kind: 'rolling', durationMs: 6 * HOUR_MS })).toBe(
      '6 hours',
    );
    expect(
      formatWindow({
        kind: 'calendar',
        count: 1,
        unit: 'month',
        startTime: '2026-01-01T00:00:00',
        timeZone: 'Europe/Berlin',
      }),
    ).toBe('calendar month (Europe/Berlin)');
  });

  it('writes thresholds with their units', () => {
    expect(formatThreshold({ op: 'lte', value: 500, unit: 'ms' })).toBe(
      '≤ 500 ms',
    );
    expect(formatThreshold({ op: 'gte', value: 20, unit: 'percent' })).toBe(
      '≥ 20 %',
    );
    expect(formatInUnit(1_048_576, 'bytes')).toBe('1 MiB');
  });
});
