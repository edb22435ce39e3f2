import { render, screen } from '@testing-library/react';
import { DueTime } from './DueTime';
import { formatClock } from './formatTime';

const MINUTE_MS = 60_000;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('DueTime', () => {
  it('tells when and in how long, and UTC on hover', () => {
    const time = inMs(12.5 * MINUTE_MS);
    render(<DueTime time={time} />);
    const shown = screen.getByText(`${formatClock(time)} (in 12 min)`);
    expect(shown).toHaveAttribute('datetime', time);
    expect(shown.title).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });

  it('tells the day of what is not due today', () => {
    render(<DueTime time={inMs(3.2 * 24 * 60 * MINUTE_MS)} />);
    expect(
      screen.getByText(/^\d+ \w+ \d\d:\d\d \(in 3 d\)$/),
    ).toBeInTheDocument();
  });

  it.each([
    [-20_000, 'now'],
    [-3.5 * MINUTE_MS, '3 min ago'],
  ])('does not promise what is past (%i ms)', (ms, words) => {
    render(<DueTime time={inMs(ms)} />);
    expect(
      screen.getByText(text => text.endsWith(`(${words})`)),
    ).toBeInTheDocument();
  });

  it('shows a dash where it is not known', () => {
    render(<DueTime />);
    expect(screen.getByTitle('not observed')).toHaveTextContent('–');
  });
});
