import { mockCluster, mockGap } from '../../__testUtils__/mockData';
import { concurrencyPoints } from './concurrencyPoints';
import { breakAtHoles, gapSpans, mergeSpans, sampleHoles } from './gapSpans';
import { latencyDomain, latencyPoints, latencyTicks } from './latencyPoints';
import { blockedSpans, oomKillTimes } from './memoryMarks';
import { sparklinePath } from './Sparkline';
import { timeTicks } from './timeAxis';

const point = (timeMs: number, blockedNodes: number, oomKills?: number) => ({
  timeMs,
  blockedNodes,
  oomKills,
});

describe('marks of the memory chart', () => {
  it('joins samples with blocked nodes, to the first one without', () => {
    expect(
      blockedSpans([
        point(0, 0),
        point(1, 1),
        point(2, 2),
        point(3, 0),
        point(4, 1),
      ]),
    ).toEqual([
      { fromMs: 1, toMs: 3 },
      { fromMs: 4, toMs: 4 },
    ]);
  });

  it('marks a rise of the kill count, but not a restart of the coordinator', () => {
    expect(
      oomKillTimes([
        point(0, 0, 5),
        point(1, 0, 6),
        point(2, 0, 0),
        point(3, 0, undefined),
        point(4, 0, 2),
        point(5, 0, 3),
      ]),
    ).toEqual([1, 5]);
  });
});

describe('gaps in charts', () => {
  const span = { fromMs: 1_000, toMs: 9_000 };
  const at = (ms: number) => new Date(ms).toISOString();

  it('are cut to what is shown, and last until now when they are not over', () => {
    const gaps = [
      mockGap({ since: at(0), until: at(2_000) }),
      mockGap({ since: at(8_000), until: undefined }),
      mockGap({ since: at(10_000), until: undefined }),
      mockGap({ since: at(3_000), until: at(4_000), subject: 'tables' }),
    ];
    expect(gapSpans(gaps, ['cluster.memory'], span)).toEqual([
      { fromMs: 1_000, toMs: 2_000 },
      { fromMs: 8_000, toMs: 9_000 },
    ]);
  });

  it('break a line where samples are missing', () => {
    const points = [0, 10, 20, 100, 110].map(timeMs => ({ timeMs, value: 1 }));
    expect(breakAtHoles(points, 5)).toEqual([
      ...points.slice(0, 3),
      { timeMs: 30, value: 1 },
      { timeMs: 31 },
      ...points.slice(3),
    ]);
    expect(breakAtHoles(points, 100)).toEqual(points);
    expect(breakAtHoles(points.slice(0, 1), 5)).toEqual(points.slice(0, 1));
  });

  it('are where samples are missing, even when no gap tells', () => {
    expect(sampleHoles([3_000, 3_500, 4_000], 1_000, span)).toEqual([
      { fromMs: 1_000, toMs: 3_000 },
      { fromMs: 4_000, toMs: 9_000 },
    ]);
    expect(sampleHoles([], 1_000, span)).toEqual([span]);
  });

  it('become one where they touch', () => {
    expect(
      mergeSpans(
        [
          { fromMs: 5_000, toMs: 6_000 },
          { fromMs: 0, toMs: 2_000 },
          { fromMs: 1_500, toMs: 3_000 },
        ],
        span,
      ),
    ).toEqual([
      { fromMs: 1_000, toMs: 3_000 },
      { fromMs: 5_000, toMs: 6_000 },
    ]);
  });

  it('lift the pen of a sparkline', () => {
    const points = [0, 10, undefined, 10, 0].map((value, index) => ({
      timeMs: index * 10,
      value,
    }));
    expect(sparklinePath(points, 10)).toBe(
      'M0.0 26.0 L30.0 2.0 M90.0 2.0 L120.0 26.0',
    );
  });
});

describe('concurrencyPoints', () => {
  it('adds up leaves only: a parent holds its children already', () => {
    const { groups, points } = concurrencyPoints(mockCluster());
    expect(groups).not.toContain('global');
    const [first] = points;
    expect(first.runningTotal).toBe(
      Object.values(first.running).reduce((sum, value) => sum + value, 0),
    );
  });

  it('sums up the groups beyond the busiest five', () => {
    const group = (path: string, running: number) => ({
      path,
      running,
      queued: 1,
    });
    const { groups, points } = concurrencyPoints(
      mockCluster({
        concurrency: [
          {
            sampledAt: new Date().toISOString(),
            groups: [7, 6, 5, 4, 3, 2, 1].map(n => group(`g${n}`, n)),
          },
        ],
      }),
    );
    expect(groups).toEqual(['g7', 'g6', 'g5', 'g4', 'g3', 'others']);
    expect(points[0].running.others).toBe(3);
    expect(points[0].queued).toBe(7);
  });

  it('falls back to totals without resource groups', () => {
    const { groups, points } = concurrencyPoints(
      mockCluster({ concurrency: [] }),
    );
    expect(groups).toEqual(['all queries']);
    expect(points.length).toBeGreaterThan(10);
  });
});

describe('latency', () => {
  const stats = {
    from: '2026-11-21T10:00:00Z',
    to: '2026-11-21T10:02:00Z',
    bucketMs: 60_000,
    buckets: [
      {
        start: '2026-11-21T10:00:00Z',
        finished: 3,
        failed: 1,
        p50Ms: 0,
        p95Ms: 820,
        p99Ms: 12_000,
      },
      { start: '2026-11-21T10:01:00Z', finished: 0, failed: 0 },
    ],
    histogram: [],
    overall: { ended: 4, failed: 1, running: 0, queued: 0 },
    facets: {
      users: [],
      sources: [],
      errors: [],
      tables: [],
      resourceGroups: [],
    },
  };

  it('sits in the middle of its bucket and has no zero on a logarithmic axis', () => {
    const [first, second] = latencyPoints(stats);
    expect(first).toMatchObject({
      timeMs: Date.parse('2026-11-21T10:00:30Z'),
      p50Ms: 1,
      band: [1, 820],
    });
    expect(second.p50Ms).toBeUndefined();
    expect(second.band).toBeUndefined();
  });

  it('gets powers of ten round its values', () => {
    const domain = latencyDomain(latencyPoints(stats));
    expect(domain).toEqual([1, 100_000]);
    expect(latencyTicks([100, 10_000])).toEqual([100, 1_000, 10_000]);
    expect(latencyDomain([])).toEqual([10, 10_000]);
  });
});

describe('timeTicks', () => {
  it.each([
    [60 * 60_000, 900],
    [24 * 3_600_000, 900],
    [7 * 86_400_000, 400],
    [400 * 86_400_000, 400],
  ])('puts a few round times on an axis of %s ms', (ms, width) => {
    const fromMs = Date.parse('2026-11-21T10:03:17Z');
    const ticks = timeTicks({ fromMs, toMs: fromMs + ms }, width);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(width / 84 + 1);
    expect(ticks.every(tick => tick % 60_000 === 0)).toBe(true);
  });
});
