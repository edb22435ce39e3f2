import type { QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import { mockCluster, mockTable } from '../__testUtils__/mockData';
import { headline } from './headline';
import { headlineText } from './headlineText';

const stats = (overall: Partial<QueryStats['overall']>): QueryStats => ({
  from: '',
  to: '',
  bucketMs: 1,
  buckets: [],
  histogram: [],
  overall: { ended: 0, failed: 0, running: 0, queued: 0, ...overall },
  facets: {
    users: [],
    sources: [],
    errors: [],
    tables: [],
    resourceGroups: [],
  },
});
const where = 'on analytics';
const when = 'in the last 1 h';
const counts = {
  total: 14,
  breached: 1,
  'at-risk': 1,
  unknown: 0,
  healthy: 12,
};

describe('headline', () => {
  it('claims nothing of a cluster that was not looked at lately', () => {
    const cluster = {
      ...mockCluster(),
      observedAt: '2026-11-21T10:00:00Z',
      staleAfterSeconds: 30,
    };
    const result = headline({
      where,
      when,
      stats: stats({ ended: 100, failed: 1 }),
      cluster,
      tables: counts,
      now: new Date('2026-11-21T10:01:00Z'),
    });
    expect(result.clauses[0]).toMatchObject({
      status: 'unknown',
      text: expect.stringMatching(/^cluster analytics last observed /),
    });
    expect(headlineText(result)).not.toContain('healthy');
    const live = headline({
      where,
      when,
      stats: stats({ ended: 100, failed: 1 }),
      cluster,
      now: new Date('2026-11-21T10:00:20Z'),
    });
    expect(headlineText(live)).toContain('healthy');
  });

  it('says what is healthy and what is not', () => {
    const result = headline({
      where,
      when,
      stats: stats({ ended: 100, failed: 1 }),
      tables: counts,
    });
    expect(headlineText(result)).toBe(
      'Queries on analytics are healthy; 2 of 14 tables need maintenance.',
    );
    expect(result.status).toBe('breached');
    expect(result.clauses[1].link?.view).toBe('tables');
  });

  it.each([
    [4, 'healthy'],
    [5, 'at-risk'],
    [19, 'at-risk'],
    [20, 'breached'],
  ])('judges %s failures of 100 as %s', (failed, status) => {
    expect(
      headline({ where, when, stats: stats({ ended: 100, failed }) }).status,
    ).toBe(status);
  });

  it('leads to the failed queries', () => {
    const [clause] = headline({
      where,
      when,
      stats: stats({ ended: 40, failed: 12 }),
    }).clauses;
    expect(clause.text).toBe(
      '12 of 40 queries on analytics failed in the last 1 h (30 %)',
    );
    expect(clause.link).toEqual({
      view: 'queries',
      filters: { state: 'FAILED' },
    });
  });

  it('does not call healthy what nobody used or saw', () => {
    const quiet = headline({ where, when, stats: stats({}) });
    expect(quiet.status).toBe('unknown');
    expect(headlineText(quiet)).toBe(
      'No queries on analytics in the last 1 h.',
    );
    const nothing = headline({ where, when });
    expect(nothing.status).toBe('unknown');
    expect(headlineText(nothing)).toBe('Nothing was observed yet.');
  });

  it('begins with the table that it is about', () => {
    const result = headline({
      where: 'on gold.daily_sales',
      when,
      table: mockTable(),
      stats: stats({ ended: 3 }),
    });
    expect(headlineText(result)).toBe(
      'Table daily_sales: 1,085 of 1,114 files are under 128 MiB; queries on gold.daily_sales are healthy.',
    );
  });

  it('names lost nodes and lack of memory', () => {
    const cluster = mockCluster();
    const latest = {
      ...mockCluster().series[0],
      memory: {
        totalBytes: 1,
        reservedBytes: 1,
        revocableBytes: 0,
        freeBytes: 0,
        blockedNodes: 2,
      },
      nodes: { active: 3, inactive: 1, shuttingDown: 0 },
    };
    expect(
      headlineText(headline({ where, when, cluster: { ...cluster, latest } })),
    ).toBe(
      '1 node of analytics inactive; 2 nodes of analytics blocked for lack of memory.',
    );
  });
});
