import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from '../../__testUtils__/mockData/mockTime';
import {
  DAY_MS,
  mockBurnRates,
  mockDefinition,
  mockObjective,
  mockSlo,
} from './mockSlo';

/** Its last look was some time ago. */
export function mockStaleSlo(now: number): SloView {
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

/** It was never seen. */
export function mockUnseenSlo(now: number): SloView {
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

/** Its past is still being counted. */
export function mockBackfillingSlo(now: number): SloView {
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
