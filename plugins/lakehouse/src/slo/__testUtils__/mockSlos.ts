import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from '../../__testUtils__/mockData/mockTime';
import {
  DAY_MS,
  HOUR_MS,
  mockBurnRates,
  mockDefinition,
  mockObjective,
  mockSlo,
  mockSparkline,
} from './mockSlo';

/** One SLO of each kind of state, worst first. */
export function mockSlos(now = Date.now()): SloView[] {
  return [
    breached(now),
    mockSlo({}, now),
    stale(now),
    noData(now),
    backfilling(now),
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

function stale(now: number): SloView {
  const definition = mockDefinition({
    name: 'cache-hit-ratio',
    displayName: 'Nine of ten lookups hit the cache',
    method: 'Occurrences',
    objectives: [
      mockObjective({
        target: 0.9,
        threshold: undefined,
        slice: undefined,
        sli: {
          name: 'hits',
          source: {
            type: 'lakehouse',
            indicator: 'cache-hit-ratio',
            connection: 'sessions',
            filter: { prefix: 'personal-api:' },
          },
        },
      }),
    ],
    runbooks: [],
  });
  return mockSlo(
    {
      definition,
      connections: ['sessions'],
      status: 'unknown',
      data: 'stale',
      lastDataAt: at(now, 23 * MINUTE_MS),
      attainment: 0.9412,
      budget: {
        unit: 'events',
        allowed: 8_400,
        spent: 4_939,
        remaining: 0.412,
      },
      burnRates: mockBurnRates(
        [undefined, 0.6, 0.5],
        ['unfireable', 'frozen', 'frozen'],
      ),
      forecast: undefined,
      sentence:
        'Nothing was observed for 23 minutes: the budget stands still and the alerts are frozen. Before that 41 % of it was left.',
      alerts: [],
      corrections: [],
    },
    now,
  );
}

function noData(now: number): SloView {
  const definition = mockDefinition({
    name: 'export-success',
    displayName: '99.9 % of exports succeed',
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
            filter: { source: 'export' },
          },
        },
      }),
    ],
    runbooks: [],
  });
  const slo = mockSlo({ definition }, now);
  return {
    ...slo,
    status: 'unknown',
    data: 'no-data',
    attainment: undefined,
    budget: undefined,
    coverage: 0,
    lastDataAt: undefined,
    burnRates: mockBurnRates([]),
    forecast: undefined,
    sentence:
      'No query of source export was seen in the last 30 days: there is nothing to count.',
    sparkline: [],
    objectives: slo.objectives.map(({ objective }) => ({ objective })),
    alerts: [],
    corrections: [],
  };
}

function backfilling(now: number): SloView {
  const definition = mockDefinition({
    name: 'queue-time',
    displayName: 'Queries wait less than 10 s',
    method: 'Occurrences',
    objectives: [
      mockObjective({
        threshold: { op: 'lte', value: 10, unit: 's' },
        slice: undefined,
        sli: {
          name: 'queue',
          source: {
            type: 'lakehouse',
            indicator: 'queue-time',
            connection: 'analytics',
            filter: {},
          },
        },
      }),
    ],
    runbooks: [],
  });
  const slo = mockSlo({ definition }, now);
  const budget = {
    unit: 'events' as const,
    allowed: 840,
    spent: 528,
    remaining: 312 / 840,
  };
  return {
    ...slo,
    status: 'healthy',
    data: 'backfilling',
    budget,
    burnRates: mockBurnRates([0.4, 0.5, 0.9]),
    forecast: undefined,
    coverage: 0.44,
    sentence:
      '37 % of the budget is left; the pace of the last 6 hours is fine.',
    objectives: slo.objectives.map(one => ({
      ...one,
      budget,
      countedFrom: at(now, 13 * DAY_MS),
    })),
    alerts: [],
    corrections: [],
  };
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

/** Many SLOs of several owners and systems, worst first. */
export function mockManySlos(count: number, now = Date.now()): SloView[] {
  const owners = [
    'team-personal',
    'team-data-platform',
    'team-sales',
    undefined,
  ];
  const systems = ['personal', 'lakehouse', undefined];
  const levels = [
    { status: 'breached', remaining: -0.4 },
    { status: 'at-risk', remaining: 0.12 },
    { status: 'unknown', remaining: 0.6 },
    { status: 'healthy', remaining: 0.86 },
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const level = levels[Math.min(3, Math.floor((index / count) * 12))];
    const owner = owners[index % owners.length];
    const system = systems[index % systems.length];
    return mockSlo(
      {
        definition: mockDefinition({
          name: `slo-${index}`,
          displayName: `Objective ${index} of service ${index % 37}`,
          service: `service-${index % 37}`,
        }),
        id: `config.slo-${index}`,
        status: level.status,
        budget: {
          unit: 'events',
          allowed: 840,
          spent: 840 * (1 - level.remaining),
          remaining: level.remaining,
        },
        attainment: 0.995 + 0.005 * Math.min(1, level.remaining),
        owner: owner && `group:default/${owner}`,
        system: system && `system:default/${system}`,
        burnRates: mockBurnRates([0.2, 0.3, 0.4]),
        sparkline: mockSparkline(level.remaining, now),
      },
      now,
    );
  });
}
