import type { LakehouseSliSource } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloSeries } from '../SloRollups';
import { contributionOf } from './contributionOf';
import type { QueryFacts } from './QueryFacts';

const ENDED = Date.UTC(2026, 10, 22, 10, 30, 59, 999);

const facts: QueryFacts = {
  ended: 'FINISHED',
  endedMs: ENDED,
  wallMs: 2_000,
  queuedMs: 0,
  user: 'ann',
  source: 'personal-api',
  clientTags: ['gold', 'web'],
  resourceGroup: 'global.etl.nightly',
  queryType: 'SELECT',
  tables: ['lake.shop.orders', 'lake.shop."a.b"'],
};

function series(
  source: Partial<LakehouseSliSource> = {},
  threshold?: SloSeries['threshold'],
): SloSeries {
  return {
    id: 'any',
    threshold,
    source: {
      type: 'lakehouse',
      indicator: 'query-success',
      connection: 'analytics',
      filter: {},
      ...source,
    },
  };
}

const failed = (errorType: string, errorName = 'ANY'): QueryFacts => ({
  ...facts,
  ended: 'FAILED',
  errorType,
  errorName,
});

describe('contributionOf', () => {
  it('counts into the minute of the end', () => {
    expect(contributionOf(facts, series())).toEqual({
      good: 1,
      total: 1,
      bin: undefined,
      minuteMs: Date.UTC(2026, 10, 22, 10, 30),
    });
  });

  it.each([
    ['INTERNAL_ERROR', 0],
    ['INSUFFICIENT_RESOURCES', 0],
    ['EXTERNAL', 0],
    ['USER_ERROR', undefined],
    ['', undefined],
  ])('takes a failure by %s as %s', (errorType, good) => {
    expect(contributionOf(failed(errorType), series())?.good).toBe(good);
  });

  it('counts the errors that are chosen, by type or by name', () => {
    const chosen = series({ badErrors: ['USER_ERROR', 'TOO_MANY'] });
    expect(contributionOf(failed('USER_ERROR'), chosen)?.good).toBe(0);
    expect(contributionOf(failed('EXTERNAL', 'TOO_MANY'), chosen)?.good).toBe(
      0,
    );
    expect(contributionOf(failed('EXTERNAL'), chosen)).toBeUndefined();
  });

  it.each([
    [1_999, 1],
    [2_000, 1],
    [2_001, 0],
    [0, 1],
    [undefined, undefined],
  ])('judges a latency of %s ms as %s', (wallMs, good) => {
    const latency = series(
      { indicator: 'query-latency' },
      { op: 'lte', value: 2, unit: 's' },
    );
    expect(contributionOf({ ...facts, wallMs }, latency)?.good).toBe(good);
    expect(
      contributionOf({ ...failed('EXTERNAL'), wallMs }, latency),
    ).toBeUndefined();
  });

  it('counts no latency against what is no time', () => {
    const latency = (unit: 'percent' | 's', value: number) =>
      series({ indicator: 'query-latency' }, { op: 'lte', value, unit });
    expect(contributionOf(facts, latency('percent', 5))).toBeUndefined();
    expect(contributionOf(facts, latency('s', NaN))).toBeUndefined();
    expect(
      contributionOf(facts, series({ indicator: 'query-latency' })),
    ).toBeUndefined();
  });

  it('counts how long failed queries waited too', () => {
    const queue = series(
      { indicator: 'queue-time' },
      { op: 'lt', value: 10, unit: 'ms' },
    );
    expect(contributionOf(failed('USER_ERROR'), queue)?.good).toBe(1);
  });

  it.each<[LakehouseSliSource['filter'], boolean]>([
    [{ source: 'personal-api' }, true],
    [{ source: 'personal' }, false],
    [{ source: 'person*' }, true],
    [{ source: '*-api' }, true],
    [{ source: 'p*o*l*' }, true],
    [{ source: 'personal-api*personal-api' }, false],
    [{ user: '*' }, true],
    [{ user: 'bob' }, false],
    [{ clientTag: 'gold' }, true],
    [{ clientTag: 'g' }, false],
    [{ resourceGroup: 'global.etl' }, true],
    [{ resourceGroup: 'global.e' }, false],
    [{ resourceGroup: '*.nightly' }, true],
    [{ queryType: 'INSERT' }, false],
    [{ table: 'lake.shop.orders' }, true],
    [{ table: 'lake.shop.*' }, true],
    [{ table: '*.hr.*' }, false],
    [{ table: 'lake.shop.orders', user: 'bob' }, false],
  ])('matches %j: %s', (filter, matches) => {
    expect(contributionOf(facts, series({ filter })) !== undefined).toBe(
      matches,
    );
  });

  it('needs a value where one is asked for', () => {
    expect(
      contributionOf(
        { ...facts, user: undefined },
        series({ filter: { user: '*' } }),
      ),
    ).toBeUndefined();
  });

  it('leaves out our own queries unless their source is asked for', () => {
    expect(contributionOf(facts, series(), 'personal-api')).toBeUndefined();
    expect(
      contributionOf(
        facts,
        series({ filter: { source: 'personal-*' } }),
        'personal-api',
      ),
    ).toBeDefined();
  });
});
