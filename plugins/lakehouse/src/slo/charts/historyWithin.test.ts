import { mockHistory, mockSlos } from '../__testUtils__';
import { historyWithin } from './historyWithin';

const at = (hour: number) =>
  `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`;
const span = { fromMs: Date.parse(at(6)), toMs: Date.parse(at(12)) };
const foretold = (hour: number) => ({
  at: at(hour),
  low: 0.1,
  mid: 0.2,
  high: 0.3,
});
const history = {
  ...mockHistory(mockSlos()[0]),
  gaps: [
    { from: at(1), to: at(6) },
    { from: at(5), to: at(7) },
  ],
  excluded: [{ from: at(12), to: at(13), reason: 'upgrade' }],
  marks: [
    { at: at(3), kind: 'alert-fired' as const, title: 'fast' },
    { at: at(8), kind: 'alert-resolved' as const, title: 'fast' },
  ],
  forecast: [foretold(12), foretold(13), foretold(14)],
};

it('keeps what touches the span', () => {
  const within = historyWithin(history, span);
  expect(within.gaps).toEqual([history.gaps[1]]);
  expect(within.excluded).toEqual([]);
  expect(within.marks).toEqual([history.marks[1]]);
});

it('keeps no forecast of which only the beginning is inside', () => {
  expect(historyWithin(history, span).forecast).toEqual([]);
  expect(
    historyWithin(history, { ...span, toMs: Date.parse(at(13)) }).forecast,
  ).toHaveLength(2);
});
