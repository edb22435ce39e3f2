import { latencyBetween, type LatencyLook } from './latencyBetween';

const look = (
  id: string,
  commands: Record<string, ReadonlyArray<readonly [number, number]>>,
  runId = 'r',
): LatencyLook => ({
  id,
  runId,
  latencies: new Map(
    Object.entries(commands).map(([command, buckets]) => [
      command,
      { calls: buckets.at(-1)?.[1] ?? 0, atMostUs: new Map(buckets) },
    ]),
  ),
});

describe('latencyBetween', () => {
  it('takes percentiles of the calls between two looks, over primaries', () => {
    expect(
      latencyBetween(
        [
          look('a', { get: [[1, 1000]] }),
          look('b', {
            get: [
              [1, 10],
              [8, 20],
            ],
          }),
        ],
        [
          look('a', { get: [[1, 1090]] }),
          look('b', {
            get: [
              [1, 10],
              [8, 29],
              [1056, 30],
            ],
          }),
        ],
      ),
    ).toEqual([
      { command: 'get', calls: 100, p50Us: 1, p99Us: 8, p999Us: 1056 },
    ]);
  });

  it('counts a bucket that is new from what lies below it', () => {
    expect(
      latencyBetween(
        [
          look('a', {
            get: [
              [1, 5],
              [16, 9],
            ],
          }),
        ],
        [
          look('a', {
            get: [
              [1, 5],
              [4, 7],
              [16, 11],
            ],
          }),
        ],
      ),
    ).toEqual([expect.objectContaining({ calls: 2, p50Us: 4, p99Us: 4 })]);
  });

  it('tells commands that took most time first, and idle ones not at all', () => {
    const before = [look('a', { ping: [[1, 5]] })];
    const now = [
      look('a', { ping: [[1, 5]], get: [[1, 100]], keys: [[8454, 1]] }),
    ];
    expect(latencyBetween(before, now)?.map(({ command }) => command)).toEqual([
      'keys',
      'get',
    ]);
  });

  it.each([
    ['at the first look', undefined, [look('a', { get: [[1, 1]] })]],
    [
      'after a restart',
      [look('a', { get: [[1, 1]] }, 'old')],
      [look('a', { get: [[1, 9]] }, 'new')],
    ],
    [
      'when it was set back',
      [look('a', { get: [[1, 9]] })],
      [look('a', { get: [[1, 1]] })],
    ],
    [
      'when a primary is new',
      [look('a', { get: [[1, 1]] })],
      [look('a', { get: [[1, 2]] }), look('b', { get: [[1, 2]] })],
    ],
  ])('tells nothing %s', (_, before, now) => {
    expect(latencyBetween(before, now)).toBeUndefined();
  });
});
