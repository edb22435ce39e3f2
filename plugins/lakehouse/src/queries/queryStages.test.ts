import { mockQuery } from '../__testUtils__/mockData';
import { queryDurationMs, queryStages } from './queryStages';
import { shortTableName } from './shortTableName';
import { toggleStates } from './stateGroups';

const now = Date.parse('2026-11-21T10:00:10.000Z');
const createdAt = '2026-11-21T10:00:00.000Z';

describe('queryStages', () => {
  it('adds up to the duration', () => {
    const stages = queryStages(
      mockQuery({
        wallMs: 1_000,
        queuedMs: 200,
        analysisMs: 50,
        planningMs: 50,
      }),
      now,
    );
    expect(stages).toEqual([
      { id: 'queued', ms: 200 },
      { id: 'planning', ms: 100 },
      { id: 'running', ms: 700 },
    ]);
  });

  it('does not exceed it when the parts overlap', () => {
    const stages = queryStages(
      mockQuery({ wallMs: 100, queuedMs: 80, planningMs: 500 }),
      now,
    );
    expect(stages).toEqual([
      { id: 'queued', ms: 80 },
      { id: 'planning', ms: 20 },
    ]);
  });

  it('goes on counting while a query waits or runs', () => {
    expect(queryStages(mockQuery({ state: 'QUEUED', createdAt }), now)).toEqual(
      [{ id: 'queued', ms: 10_000 }],
    );
    expect(
      queryStages(
        mockQuery({ state: 'RUNNING', createdAt, queuedMs: 1_000 }),
        now,
      ),
    ).toEqual([
      { id: 'queued', ms: 1_000 },
      { id: 'running', ms: 9_000 },
    ]);
  });

  it('knows no duration of a query that vanished', () => {
    const query = mockQuery({ state: 'UNKNOWN', createdAt });
    expect(queryDurationMs(query, now)).toBeUndefined();
    expect(queryStages(query, now)).toEqual([]);
  });
});

describe('shortTableName', () => {
  it.each([
    ['lake.gold.daily_sales', 'gold.daily_sales'],
    ['"my lake".gold.t', 'gold.t'],
    ['t', 't'],
  ])('shortens %s to %s', (name, short) => {
    expect(shortTableName(name)).toBe(short);
  });
});

describe('toggleStates', () => {
  it('takes a group in and out as a whole', () => {
    expect(toggleStates(['FAILED'], ['QUEUED', 'DISPATCHING'])).toEqual([
      'FAILED',
      'QUEUED',
      'DISPATCHING',
    ]);
    expect(toggleStates(['FAILED', 'QUEUED'], ['FAILED'])).toEqual(['QUEUED']);
    // A link may ask for a part of a group.
    expect(toggleStates(['RUNNING'], ['PLANNING', 'RUNNING'])).toEqual([]);
  });
});
