import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import { listedQuery } from '../../__testUtils__/FakeTrinoConnection';
import { summarizeQueries } from './summarizeQueries';

const now = new Date('2026-11-21T10:20:00Z');
const since = new Date('2026-11-21T10:10:00Z');

const query = (facts: Partial<TrinoListedQuery>): TrinoListedQuery => ({
  ...listedQuery,
  ...facts,
});

const ended = (facts: Partial<TrinoListedQuery>) =>
  query({ state: 'FINISHED', endedAt: '2026-11-21T10:19:00Z', ...facts });

describe('summarizeQueries', () => {
  it('tells nothing of what is not there', () => {
    expect(summarizeQueries([], { now, since, top: 5 })).toMatchObject({
      running: 0,
      queued: 0,
      finished: 0,
      failedPercent: undefined,
      p95Ms: undefined,
      longestQueuedMs: undefined,
      errors: [],
    });
  });

  it('counts what ended lately, and whose fault it was', () => {
    const told = summarizeQueries(
      [
        ended({ elapsedMs: 100 }),
        ended({ elapsedMs: 300 }),
        ended({ endedAt: '2026-11-21T09:00:00Z', elapsedMs: 9_000_000 }),
        ended({
          state: 'FAILED',
          errorName: 'SYNTAX_ERROR',
          errorType: 'USER_ERROR',
        }),
        ended({
          state: 'FAILED',
          errorName: 'REMOTE_TASK_ERROR',
          errorType: 'INTERNAL_ERROR',
        }),
      ],
      { now, since, top: 5 },
    );
    expect(told).toMatchObject({
      finished: 2,
      failed: 2,
      failedPercent: 50,
      clusterFaultPercent: 25,
      p50Ms: 100,
      p95Ms: 300,
    });
    expect(told.errors).toEqual([
      { name: 'REMOTE_TASK_ERROR', type: 'INTERNAL_ERROR', count: 1 },
      { name: 'SYNTAX_ERROR', type: 'USER_ERROR', count: 1 },
    ]);
  });

  it('tells the biggest and the longest apart, and how long others wait', () => {
    const told = summarizeQueries(
      [
        query({ queryId: 'big', peakMemoryBytes: 900, elapsedMs: 1 }),
        query({ queryId: 'long', peakMemoryBytes: 1, elapsedMs: 900 }),
        query({
          queryId: 'waits',
          state: 'QUEUED',
          createdAt: '2026-11-21T10:19:30Z',
        }),
      ],
      { now, since, top: 1 },
    );
    expect(told).toMatchObject({
      running: 2,
      queued: 1,
      longestQueuedMs: 30_000,
    });
    expect(told.biggest.map(({ queryId }) => queryId)).toEqual(['big']);
    expect(told.longest.map(({ queryId }) => queryId)).toEqual(['long']);
  });
});
