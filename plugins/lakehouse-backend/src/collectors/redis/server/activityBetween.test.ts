import {
  activityBetween,
  type CountedNode,
  type CountedRound,
} from './activityBetween';

const counters = (hits: number, misses = 0) => ({
  hits,
  misses,
  evictedKeys: 0,
  expiredKeys: 0,
  commands: hits + misses,
});
const node = (id: string, hits: number, runId = 'r'): CountedNode => ({
  id,
  runId,
  counters: counters(hits),
});
const round = (atMs: number, ...nodes: CountedNode[]): CountedRound => ({
  atMs,
  nodes,
});

describe('activityBetween', () => {
  it('sums what happened over primaries', () => {
    expect(
      activityBetween(
        round(0, node('a', 10), node('b', 100)),
        round(10_000, node('b', 130), node('a', 15)),
      ),
    ).toEqual({
      windowSeconds: 10,
      hits: 35,
      misses: 0,
      evictedKeys: 0,
      expiredKeys: 0,
      commands: 35,
    });
  });

  it.each<[string, CountedRound | undefined, CountedRound]>([
    ['at the first look', undefined, round(1, node('a', 1))],
    [
      'after a restart, even when counters are higher by now',
      round(0, node('a', 1, 'old')),
      round(1, node('a', 100, 'new')),
    ],
    [
      'when counters were set back',
      round(0, node('a', 100)),
      round(1, node('a', 5)),
    ],
    [
      'when a primary is new',
      round(0, node('a', 1)),
      round(1, node('a', 2), node('b', 9)),
    ],
    [
      'when a primary does not answer',
      round(0, node('a', 1), node('b', 1)),
      round(1, node('a', 2), { id: 'b' }),
    ],
    [
      'when a primary did not answer before',
      round(0, node('a', 1), { id: 'b' }),
      round(1, node('a', 2), node('b', 2)),
    ],
    ['when the clock stands', round(5, node('a', 1)), round(5, node('a', 2))],
    ['without primaries', round(0), round(1)],
  ])('tells nothing %s', (_, before, now) => {
    expect(activityBetween(before, now)).toBeUndefined();
  });
});
