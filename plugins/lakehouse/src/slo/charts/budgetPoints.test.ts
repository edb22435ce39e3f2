import { budgetPoints, budgetScale } from './budgetPoints';

const at = (minute: number) =>
  new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString();

describe('budgetPoints', () => {
  it('lets the forecast begin where the past ends', () => {
    const points = budgetPoints(
      [
        { at: at(0), remaining: 0.5 },
        { at: at(1), remaining: 0.4 },
      ],
      [{ at: at(2), low: 0.1, mid: 0.3, high: 0.35 }],
    );
    expect(points).toEqual([
      { timeMs: Date.parse(at(0)), remaining: 0.5 },
      {
        timeMs: Date.parse(at(1)),
        remaining: 0.4,
        forecast: 0.4,
        band: [0.4, 0.4],
      },
      { timeMs: Date.parse(at(2)), forecast: 0.3, band: [0.1, 0.35] },
    ]);
  });

  it('leaves a hole where nothing was observed, and joins no forecast to it', () => {
    const points = budgetPoints(
      [{ at: at(0), remaining: 0.5 }, { at: at(1) }],
      [{ at: at(2), low: 0.1, mid: 0.3, high: 0.35 }],
    );
    expect(points[1].remaining).toBeUndefined();
    expect(points[1].forecast).toBeUndefined();
  });

  it('puts what a change would have left beside what was left', () => {
    expect(
      budgetPoints(
        [{ at: at(0), remaining: 0.5 }],
        [],
        [{ at: at(0), remaining: -0.5 }],
      ),
    ).toEqual([{ timeMs: Date.parse(at(0)), remaining: 0.5, changed: -0.5 }]);
  });
});

describe('budgetScale', () => {
  it('shows empty and full', () => {
    expect(budgetScale([]).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('cuts a forecast off, so that what was can be seen', () => {
    const points = [
      { timeMs: 0, remaining: 0.4 },
      { timeMs: 1, forecast: -6_144 },
    ];
    expect(budgetScale(points).domain).toEqual([-1, 1]);
    expect(
      budgetScale([{ timeMs: 0, remaining: -1.9 }, points[1]]).domain,
    ).toEqual([-2, 1]);
  });

  it.each([-0.01, -0.77, -1.4, -6, -40])(
    'goes down as far as the budget does, to %d, with few lines',
    remaining => {
      const { domain, ticks } = budgetScale([{ timeMs: 0, remaining }]);
      expect(domain[0]).toBeLessThanOrEqual(remaining);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks).toContain(0);
    },
  );
});
