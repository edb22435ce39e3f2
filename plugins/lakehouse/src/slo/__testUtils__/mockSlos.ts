import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { at } from '../../__testUtils__/mockData/mockTime';
import {
  DAY_MS,
  HOUR_MS,
  mockBurnRates,
  mockDefinition,
  mockObjective,
  mockSlo,
  mockSparkline,
} from './mockSlo';
import {
  mockBackfillingSlo,
  mockStaleSlo,
  mockUnseenSlo,
} from './mockUnsureSlos';

/** One SLO of each kind of state, worst first. */
export function mockSlos(now = Date.now()): SloView[] {
  return [
    breached(now),
    mockSlo({}, now),
    mockStaleSlo(now),
    mockUnseenSlo(now),
    mockBackfillingSlo(now),
    composite(now),
    healthy(now),
  ];
}

function breached(now: number): SloView {
  const definition = mockDefinition({
    name: 'daily-sales-fresh',
    displayName: 'daily_sales is less than 2 hours old',
    method: 'RatioTimeslices',
    objectives: [
      mockObjective({
        target: 0.99,
        threshold: { op: 'lte', value: 2, unit: 'h' },
        sli: {
          name: 'freshness',
          source: {
            type: 'lakehouse',
            indicator: 'table-freshness',
            connection: 'analytics',
            filter: { table: 'lake.gold.daily_sales' },
          },
        },
      }),
    ],
  });
  return mockSlo(
    {
      definition,
      status: 'breached',
      attainment: 0.98227,
      budget: {
        unit: 'ms',
        allowed: 7.2 * HOUR_MS,
        spent: 12.76 * HOUR_MS,
        remaining: -0.773,
      },
      burnRates: mockBurnRates(
        [0, 0.4, 3.1],
        ['inactive', 'inactive', 'firing'],
      ),
      forecast: undefined,
      sentence:
        'The budget is overdrawn by 77 %: daily_sales was too old for 12 h 46 m of 30 days, the longest on 12 November.',
      silencedUntil: at(now, -2 * HOUR_MS),
      silences: [
        {
          id: 's1',
          from: at(now, HOUR_MS),
          until: at(now, -2 * HOUR_MS),
          reason: 'The source is being repaired; see INC-812',
          author: 'user:default/alice',
        },
      ],
      mayManage: false,
    },
    now,
  );
}

function composite(now: number): SloView {
  const success = mockObjective({
    key: '1',
    displayName: 'Queries succeed',
    target: 0.999,
    threshold: undefined,
    weight: 2,
    sli: {
      name: 'success',
      source: {
        type: 'prometheus',
        connection: 'prometheus',
        query: {
          kind: 'ratio',
          good: 'sum(api_requests_total{code!~"5.."})',
          total: 'sum(api_requests_total)',
          counter: true,
        },
      },
    },
  });
  const definition = mockDefinition({
    name: 'personal-api-whole',
    displayName: 'The personal API answers, and fast',
    window: {
      kind: 'calendar',
      count: 1,
      unit: 'month',
      startTime: '2026-01-01T00:00:00',
      timeZone: 'Europe/Berlin',
    },
    objectives: [mockObjective({ displayName: 'Queries are fast' }), success],
  });
  return mockSlo(
    {
      definition,
      connections: ['analytics', 'prometheus'],
      status: 'healthy',
      attainment: 0.99912,
      budget: {
        unit: 'ms',
        allowed: 3.6 * HOUR_MS,
        spent: 0.63 * HOUR_MS,
        remaining: 0.825,
      },
      burnRates: mockBurnRates([0.2, 0.2, 0.3]),
      forecast: { paceMs: 6 * HOUR_MS },
      sentence: '82 % of the budget of November is left.',
      sparkline: mockSparkline(0.825, now),
      windowTo: at(now, -9 * DAY_MS),
      windowFrom: at(now, 21 * DAY_MS),
      alerts: [],
    },
    now,
  );
}

function healthy(now: number): SloView {
  const definition = mockDefinition({
    name: 'personal-api-success',
    displayName: '99.9 % of personal-api queries succeed',
    method: 'Occurrences',
    objectives: [
      mockObjective({
        target: 0.999,
        threshold: undefined,
        slice: undefined,
        sli: {
          name: 'success',
          source: {
            type: 'lakehouse',
            indicator: 'query-success',
            connection: 'analytics',
            filter: { source: 'personal-api' },
          },
        },
      }),
    ],
    runbooks: [],
  });
  return mockSlo(
    {
      definition,
      status: 'healthy',
      attainment: 1,
      budget: { unit: 'events', allowed: 41.9, spent: 0, remaining: 1 },
      burnRates: mockBurnRates([0, 0, 0]),
      forecast: { paceMs: 6 * HOUR_MS },
      sentence: 'No query failed in the last 30 days: the budget is whole.',
      sparkline: mockSparkline(1, now),
      alerts: [],
      corrections: [],
    },
    now,
  );
}
