import { budgetPath, dotsPath } from './BudgetSparkline';

const at = (hour: number) => `2026-11-21T0${hour}:00:00.000Z`;
const y = (remaining: number) => 100 * remaining;

it('lifts its line where nothing was observed, and shows a point alone as a dot', () => {
  const points = [
    { at: at(0), remaining: 1 },
    { at: at(1) },
    { at: at(2), remaining: 0.75 },
    { at: at(3), remaining: 0.5 },
    { at: at(4), remaining: 0.25 },
  ];
  expect(budgetPath(points, y)).toBe(
    'M2.0 100.0 M60.0 75.0 L89.0 50.0 L118.0 25.0',
  );
  expect(dotsPath(points, y)).toBe('M2.0 100.0h0 M118.0 25.0h0');
});

it('shows the only point as a dot at the end', () => {
  expect(dotsPath([{ at: at(0), remaining: 0.5 }], y)).toBe('M118.0 50.0h0');
  expect(dotsPath([{ at: at(0) }], y)).toBe('');
});
