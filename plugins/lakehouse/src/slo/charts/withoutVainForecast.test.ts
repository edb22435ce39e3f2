import { mockHistory } from '../__testUtils__/mockHistory';
import { mockSlos } from '../__testUtils__/mockSlos';
import { withoutVainForecast } from './withoutVainForecast';

const forecast = [
  { at: '2026-11-22T00:00:00.000Z', low: -9, mid: -5, high: -1 },
];
const history = (remaining: number | undefined) => ({
  ...mockHistory(mockSlos()[0]),
  points: [
    { at: '2026-11-20T00:00:00.000Z', remaining },
    { at: '2026-11-21T00:00:00.000Z' },
  ],
  forecast,
});

it.each([
  [0.1, forecast],
  [undefined, forecast],
  [0, []],
  [-26, []],
])('with %d left', (remaining, shown) => {
  expect(withoutVainForecast(history(remaining)).forecast).toEqual(shown);
});
