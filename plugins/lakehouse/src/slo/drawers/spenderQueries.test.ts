import { mockDefinition, mockObjective } from '../__testUtils__';
import { spenderQueries } from './spenderQueries';

const range = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-21T12:30:00.000Z',
};
const item = {
  value: 'nightly-export',
  share: 0.8,
  bad: 10,
  firstAt: '2026-11-20T02:00:00.000Z',
  lastAt: '2026-11-20T04:00:00.000Z',
};

it('finds the slow queries of a spender, in the hours in which it spent', () => {
  expect(
    spenderQueries({
      definition: mockDefinition(),
      range,
      dimension: 'user',
      item,
    }),
  ).toEqual({
    connection: 'analytics',
    filters: {
      source: 'personal-api',
      state: 'FINISHED',
      min: '500',
      sort: 'wallMs',
      user: 'nightly-export',
      from: '2026-11-20T02:00:00.000Z',
      to: '2026-11-20T05:00:00.000Z',
    },
  });
});

it('knows the units of thresholds', () => {
  const definition = mockDefinition({
    objectives: [
      mockObjective({ threshold: { op: 'lte', value: 2, unit: 'm' } }),
    ],
  });
  expect(
    spenderQueries({ definition, range, dimension: 'user', item })?.filters.min,
  ).toBe('120000');
});

it('finds the failed queries of a success ratio, and stays within the range', () => {
  const definition = mockDefinition({
    objectives: [
      mockObjective({
        sli: {
          name: 's',
          source: {
            type: 'lakehouse',
            indicator: 'query-success',
            connection: 'analytics',
            filter: { table: 'lake.gold.*' },
          },
        },
      }),
    ],
  });
  expect(
    spenderQueries({
      definition,
      range,
      dimension: 'table',
      item: {
        value: 'lake.gold.orders',
        share: 1,
        bad: 1,
        firstAt: '2026-11-21T12:00:00.000Z',
        lastAt: '2026-11-21T12:00:00.000Z',
      },
    })?.filters,
  ).toEqual({
    state: 'FAILED',
    table: 'lake.gold.orders',
    from: '2026-11-21T12:00:00.000Z',
    to: range.to,
  });
});

it('has nowhere to lead to for the rest, and for what is no count of queries', () => {
  const { value: _, ...rest } = item;
  expect(
    spenderQueries({
      definition: mockDefinition(),
      range,
      dimension: 'user',
      item: rest,
    }),
  ).toBeUndefined();
  const definition = mockDefinition({
    objectives: [
      mockObjective({
        sli: {
          name: 's',
          source: {
            type: 'lakehouse',
            indicator: 'table-freshness',
            connection: 'analytics',
            filter: {},
          },
        },
      }),
    ],
  });
  expect(
    spenderQueries({ definition, range, dimension: 'user', item }),
  ).toBeUndefined();
});
