import fc from 'fast-check';
import type { SpenderDimension } from '../views';
import { attributeBudget, type SpenderHour } from './attributeBudget';

const HOUR_MS = 3_600_000;
const TEN = Date.parse('2026-11-21T10:00:00Z');

function spender(
  dimension: SpenderDimension,
  value: string,
  bad: number,
  hour = 0,
): SpenderHour {
  return { hourMs: TEN + hour * HOUR_MS, dimension, value, bad };
}

describe('who spent the budget', () => {
  it('adds up hours and puts the largest first', () => {
    const [source, table] = attributeBudget({
      bad: 10,
      spenders: [
        spender('source', 'dbt', 1),
        spender('source', 'nightly-export', 5, 1),
        spender('source', 'nightly-export', 3, 3),
        spender('source', '', 1),
        spender('table', 'lake.gold.daily_sales', 10),
      ],
    });
    expect(source).toEqual({
      dimension: 'source',
      items: [
        {
          value: 'nightly-export',
          bad: 8,
          share: 0.8,
          firstAt: '2026-11-21T11:00:00.000Z',
          lastAt: '2026-11-21T13:00:00.000Z',
        },
        expect.objectContaining({ value: '', bad: 1, share: 0.1 }),
        expect.objectContaining({ value: 'dbt', bad: 1 }),
      ],
    });
    expect(table.items).toEqual([
      expect.objectContaining({ value: 'lake.gold.daily_sales', share: 1 }),
    ]);
  });

  it('puts what is beyond the limit, (other), and what can not be told into one rest', () => {
    const [{ items }] = attributeBudget({
      bad: 20,
      shown: 1,
      spenders: [
        spender('user', 'a', 8),
        spender('user', 'b', 4, 2),
        spender('user', '(other)', 3, 5),
      ],
    });
    // 20 − 8: 4 of b, 3 of others, 5 that nobody is known of
    expect(items).toEqual([
      expect.objectContaining({ value: 'a', bad: 8, share: 0.4 }),
      {
        bad: 12,
        share: 0.6,
        firstAt: '2026-11-21T12:00:00.000Z',
        lastAt: '2026-11-21T15:00:00.000Z',
      },
    ]);
  });

  it('knows nobody of nothing, and leaves out what is no count', () => {
    expect(attributeBudget({ spenders: [], bad: 3 })).toEqual([]);
    expect(
      attributeBudget({
        spenders: [
          spender('user', 'a', NaN),
          spender('user', 'b', -1),
          spender('user', 'c', 0),
        ],
      }),
    ).toEqual([]);
    expect(() => attributeBudget({ spenders: [], bad: NaN })).toThrow(
      /give a count/,
    );
  });

  it('shares sum to exactly 1, and bad events to those that were counted', () => {
    const dimension = fc.constantFrom<SpenderDimension>(
      'source',
      'table',
      'error',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            dimension,
            fc.string({ maxLength: 3 }),
            fc.oneof(
              fc.integer({ min: 1, max: 1_000 }),
              // A query with n tables counts 1/n for each.
              fc.integer({ min: 2, max: 7 }).map(tables => 1 / tables),
            ),
            fc.integer({ min: 0, max: 700 }),
          ),
          { minLength: 1, maxLength: 120 },
        ),
        fc.integer({ min: 0, max: 500 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (parts, untold, spent) => {
          const spenders = parts.map(([kind, value, bad, hour]) =>
            spender(kind, value, bad, hour),
          );
          const told = new Map<string, number>();
          for (const each of spenders) {
            told.set(
              each.dimension,
              (told.get(each.dimension) ?? 0) + each.bad,
            );
          }
          const bad = Math.max(...told.values()) + untold;
          for (const { items } of attributeBudget({ spenders, bad })) {
            expect(items.length).toBeLessThanOrEqual(11);
            expect(items.reduce((sum, { share }) => sum + share, 0)).toBe(1);
            expect(items.reduce((sum, item) => sum + item.bad, 0)).toBeCloseTo(
              bad,
              8,
            );
            expect(
              items.reduce((sum, { share }) => sum + share * spent, 0),
            ).toBeCloseTo(spent, 9);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
