import type { SloSpenders } from '../views';
import { explainSlo, type SloFacts } from './explainSlo';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MONTH = {
  kind: 'calendar',
  count: 1,
  unit: 'month',
  startTime: '2026-01-01T00:00:00',
  timeZone: 'Europe/Berlin',
} as const;

type Dimensions = SloSpenders['dimensions'];
const spent = (
  dimension: Dimensions[number]['dimension'],
  value: string,
  share: number,
): Dimensions[number] => ({ dimension, items: [{ value, share, bad: 1 }] });

const budget = (remaining: number) => ({
  unit: 'events' as const,
  allowed: 100,
  spent: 100 * (1 - remaining),
  remaining,
});

function explain(facts: Partial<SloFacts>): string {
  return explainSlo({
    // A Saturday
    nowMs: Date.parse('2026-11-21T10:00:00Z'),
    window: { kind: 'rolling', durationMs: 30 * DAY_MS },
    target: 0.995,
    data: 'measured',
    attainment: 0.99685,
    budget: budget(0.37),
    ...facts,
  });
}

const TUESDAY = { exhaustedAt: '2026-11-24T14:00:00Z', paceMs: 6 * HOUR_MS };

describe('the sentence', () => {
  it('says what is gone, when it is empty and who spent it', () => {
    expect(
      explain({
        forecast: TUESDAY,
        spenders: [
          spent('source', 'nightly-export', 0.81),
          spent('table', 'gold.daily_sales', 1),
        ],
      }),
    ).toBe(
      "63 % of 30 days' budget is gone; at the last 6 hours' pace it is empty on Tuesday 14:00 UTC; 81 % of it was spent by queries from `nightly-export` on `gold.daily_sales`.",
    );
  });

  it.each<[string, Partial<SloFacts>, string]>([
    [
      'source and table are told apart where neither spent all',
      {
        spenders: [
          spent('source', 'nightly-export', 0.81),
          spent('table', 'gold.daily_sales', 0.9),
        ],
      },
      "63 % of 30 days' budget is gone; 90 % of it was spent by queries on `gold.daily_sales` and 81 % by queries from `nightly-export`.",
    ],
    [
      'a user, error or resource group where source and table say little',
      {
        spenders: [
          spent('source', 'dbt', 0.2),
          spent('user', 'eve', 0.5),
          spent('error', 'EXCEEDED_TIME_LIMIT', 0.7),
        ],
      },
      "63 % of 30 days' budget is gone; 70 % of it was spent by queries that ended in `EXCEEDED_TIME_LIMIT`.",
    ],
    [
      'nobody where nobody stands out',
      { spenders: [spent('source', 'dbt', 0.2), spent('table', '', 0.9)] },
      "63 % of 30 days' budget is gone.",
    ],
    [
      'healthy: it lasts',
      { budget: budget(0.88), forecast: { paceMs: 6 * HOUR_MS } },
      "12 % of 30 days' budget is gone; at the last 6 hours' pace it lasts.",
    ],
    [
      'healthy by the calendar',
      {
        window: MONTH,
        budget: budget(0.88),
        forecast: { paceMs: 6 * HOUR_MS },
      },
      "12 % of this month's budget is gone; at the last 6 hours' pace it lasts to the end of the month.",
    ],
    [
      'untouched',
      {
        budget: budget(1),
        forecast: { paceMs: 84 * 60_000 },
        window: { ...MONTH, count: 2 },
      },
      "Nothing of these 2 months' budget is gone.",
    ],
    [
      'empty today',
      {
        forecast: { exhaustedAt: '2026-11-21T12:30:00Z', paceMs: 84 * 60_000 },
      },
      "63 % of 30 days' budget is gone; at the last 84 minutes' pace it is empty at 12:30 UTC.",
    ],
    [
      'empty in weeks',
      { forecast: { exhaustedAt: '2026-12-05T12:30:00Z', paceMs: HOUR_MS } },
      "63 % of 30 days' budget is gone; at the last hour's pace it is empty on 5 December 12:30 UTC.",
    ],
    [
      'empty next year',
      { forecast: { exhaustedAt: '2027-01-05T12:30:00Z', paceMs: HOUR_MS } },
      "63 % of 30 days' budget is gone; at the last hour's pace it is empty on 5 January 2027 12:30 UTC.",
    ],
    [
      'just empty',
      { budget: budget(0), forecast: TUESDAY },
      "All of 30 days' budget is gone.",
    ],
    [
      'overspent: what was attained, rounded down',
      { budget: budget(-0.63), attainment: 0.991869, forecast: TUESDAY },
      "30 days' budget is overspent, 163 % of it is gone: 99.186 % was attained of the 99.5 % promised.",
    ],
    [
      'nearly all is not all',
      { budget: budget(0.001) },
      "99.9 % of 30 days' budget is gone.",
    ],
    [
      'next to nothing is not nothing',
      { budget: budget(0.9999) },
      "<0.1 % of 30 days' budget is gone.",
    ],
    [
      'one day',
      { window: { kind: 'rolling', durationMs: DAY_MS } },
      "63 % of 1 day's budget is gone.",
    ],
    [
      'no data',
      {
        data: 'no-data',
        budget: undefined,
        problem: 'no query matches the filter',
      },
      "Nothing was observed yet (no query matches the filter), so of 30 days' budget nothing can be told.",
    ],
    [
      'observed, but nothing to count',
      { budget: undefined },
      "There was nothing to count, so of 30 days' budget nothing was spent or earned.",
    ],
    [
      'stale: frozen, and no forecast',
      {
        data: 'stale',
        forecast: TUESDAY,
        lastDataAt: '2026-11-21T09:42:00Z',
        problem: 'Trino does not answer',
      },
      "63 % of 30 days' budget is gone. Nothing was observed since 09:42 UTC (Trino does not answer): figures stand as they were and alerts are frozen.",
    ],
    [
      'backfilling',
      { data: 'backfilling', countedFrom: '2026-11-10T00:00:00Z' },
      "63 % of 30 days' budget is gone. The past is still being counted: so far back to 10 November 00:00 UTC.",
    ],
    [
      'backfilling, nothing yet',
      { data: 'backfilling', budget: undefined },
      "The past is still being counted; of 30 days' budget nothing can be told yet.",
    ],
    [
      'little of it observed',
      { coverage: 0.4 },
      "63 % of 30 days' budget is gone. Only 40 % of the time was observed.",
    ],
    [
      'counted since the middle of the window, and all of that observed',
      { coverage: 0.005, countedFrom: '2026-11-21T06:42:00Z' },
      "63 % of 30 days' budget is gone. Counted since 06:42 UTC.",
    ],
    [
      'counted since days ago, and little of that observed',
      { coverage: 0.1, countedFrom: '2026-11-12T10:00:00Z' },
      "63 % of 30 days' budget is gone. Counted since 12 November 10:00 UTC; 33 % of the time since then was observed.",
    ],
    [
      'counted since an hour, of which three quarters do not count',
      {
        coverage: 0.25 / (30 * 24 - 0.75),
        countedFrom: '2026-11-21T09:00:00Z',
        excludedMs: 0.75 * HOUR_MS,
      },
      "63 % of 30 days' budget is gone. Counted since 09:00 UTC.",
    ],
    [
      'counted since nearly the beginning of the window',
      { coverage: 0.4, countedFrom: '2026-10-23T10:00:00Z' },
      "63 % of 30 days' budget is gone. Only 40 % of the time was observed.",
    ],
    [
      'counted since the beginning of a calendar month in its own zone',
      {
        window: MONTH,
        coverage: 0.4,
        countedFrom: '2026-10-31T23:00:00Z',
      },
      "63 % of this month's budget is gone. Only 40 % of the time was observed.",
    ],
    [
      'overspent many times over',
      { budget: budget(-26.55), attainment: undefined },
      "30 days' budget is overspent, 2,755 % of it is gone.",
    ],
    [
      'before the first whole slice',
      {
        budget: undefined,
        sliceMs: 15 * 60_000,
        countedFrom: '2026-11-21T09:56:00Z',
        nowMs: Date.parse('2026-11-21T09:58:00Z'),
      },
      "It is counted in slices of 15 minutes; the first whole one begins at 10:00 UTC, so of 30 days' budget nothing can be told yet.",
    ],
    [
      'two alerts that can never fire',
      {
        burnRates: [
          {
            condition: 'fast-burn',
            state: 'unfireable',
            note: 'fast-burn waits for too much.',
          },
          {
            condition: 'slow-burn',
            state: 'unfireable',
            note: 'slow-burn waits for too much.',
          },
        ],
      },
      "63 % of 30 days' budget is gone. fast-burn waits for too much. The same holds for slow-burn.",
    ],
    [
      'maintenance now',
      {
        excludedNow: { to: '2026-11-21T14:00:00Z', reason: 'upgrade of Trino' },
      },
      "63 % of 30 days' budget is gone. Nothing counts until 14:00 UTC: upgrade of Trino.",
    ],
    [
      'an alert that can never fire',
      {
        burnRates: [
          { condition: 'slow-burn', state: 'inactive' },
          {
            condition: 'fast-burn',
            state: 'unfireable',
            note: 'fast-burn can never fire: it is too much',
          },
          { condition: 'other', state: 'unfireable' },
        ],
      },
      "63 % of 30 days' budget is gone. fast-burn can never fire: it is too much. other can never fire with this target.",
    ],
    [
      'what the owners agreed to',
      {
        budgetPolicy: [
          { remaining: 0.5, action: 'Reliability first.' },
          { remaining: 0, action: 'Freeze releases' },
        ],
      },
      "63 % of 30 days' budget is gone. Agreed at 50 % left: Reliability first.",
    ],
    [
      'what they agreed to with nothing left',
      {
        budget: budget(-0.2),
        attainment: undefined,
        budgetPolicy: [
          { remaining: 0, action: 'Freeze releases' },
          { remaining: -0.1, action: 'Call the director' },
        ],
      },
      "30 days' budget is overspent, 120 % of it is gone. Agreed at 10 % overspent: Call the director.",
    ],
  ])('%s', (_, facts, sentence) => {
    expect(explain(facts)).toBe(sentence);
  });
});
