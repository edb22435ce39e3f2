import { render, screen } from '@testing-library/react';
import { RelativeTime } from './RelativeTime';

describe('RelativeTime', () => {
  it('is relative under a day and tells UTC on hover', () => {
    const time = new Date(Date.now() - 7.5 * 60_000).toISOString();
    render(<RelativeTime time={time} />);
    const shown = screen.getByText('7 min ago');
    expect(shown).toHaveAttribute('datetime', time);
    expect(shown.title).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });

  it('tells the date beyond a day, unless it stands in a column of ages', () => {
    const time = new Date(Date.now() - 3.1 * 86_400_000).toISOString();
    const { rerender } = render(<RelativeTime time={time} />);
    expect(screen.getByText(/\d{4} \d\d:\d\d$/)).toBeInTheDocument();
    rerender(<RelativeTime time={time} always />);
    expect(screen.getByText('3 d ago')).toBeInTheDocument();
  });

  it('shows a dash where nothing was observed', () => {
    render(<RelativeTime />);
    expect(screen.getByTitle('not observed')).toHaveTextContent('–');
  });
});
