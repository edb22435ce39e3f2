import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { LakehouseResource } from '../../api';
import { mockGap } from '../../__testUtils__/mockData';
import { mockResponseError } from '../../__testUtils__/mockLakehouse';
import { GapNotes } from './GapNotes';
import { ResourceView } from './ResourceView';

function show(resource: Partial<LakehouseResource<string>>) {
  return render(
    <ResourceView
      resource={{
        loading: false,
        outdated: false,
        refetch: () => {},
        ...resource,
      }}
      what="queries on analytics"
      skeleton={<i>skeleton</i>}
    >
      {data => <b>{data}</b>}
    </ResourceView>,
  );
}

const stateOf = (container: HTMLElement) =>
  container.querySelector('[data-state]')?.getAttribute('data-state');

describe('ResourceView', () => {
  it('shows what is loaded', () => {
    const { container } = show({ data: '0' });
    expect(screen.getByText('0')).toBeInTheDocument();
    expect(stateOf(container)).toBeUndefined();
  });

  it('shows a skeleton before that', () => {
    const { container } = show({ loading: true });
    expect(stateOf(container)).toBe('loading');
    expect(screen.getByLabelText('Loading queries on analytics')).toBeVisible();
  });

  it('keeps old values and says since when and why', () => {
    const { container } = show({
      data: 'seven',
      updatedAt: new Date(Date.now() - 7.5 * 60_000),
      error: new TypeError('Failed to fetch'),
    });
    expect(screen.getByText('seven')).toBeInTheDocument();
    expect(stateOf(container)).toBe('stale');
    expect(screen.getByRole('status')).toHaveTextContent(
      /as of \d\d:\d\d \(7 min ago\): The Backstage backend does not answer/,
    );
  });

  it('says what one may not see, and what to ask for', async () => {
    const { container } = show({
      error: await mockResponseError(403, 'You need lakehouse.query.read.'),
    });
    expect(stateOf(container)).toBe('denied');
    expect(
      screen.getByText('You may not see queries on analytics'),
    ).toBeVisible();
    expect(screen.getByText('You need lakehouse.query.read.')).toBeVisible();
  });

  it('says what to set up when it is not known', async () => {
    const { container } = show({
      error: await mockResponseError(404, 'Known are: analytics.'),
    });
    expect(stateOf(container)).toBe('not-configured');
    expect(screen.getByText('Known are: analytics.')).toBeVisible();
  });

  it('offers to try again when it failed', async () => {
    const refetch = jest.fn();
    const { container } = show({
      error: await mockResponseError(503, 'The database is gone.'),
      refetch,
    });
    expect(stateOf(container)).toBe('error');
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(refetch).toHaveBeenCalled();
  });

  it('says why there can be none when it was refused, and does not offer to try again', async () => {
    const { container } = show({
      error: await mockResponseError(400, 'Sloth knows no time slices'),
    });
    expect(stateOf(container)).toBe('error');
    expect(screen.getByText('Sloth knows no time slices.')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('GapNotes', () => {
  it('says since when, why and what to do, with the lasting ones first', async () => {
    const gaps = [
      mockGap({ reason: 'over' }),
      mockGap({ subject: 'queries', reason: 'first', until: undefined }),
      mockGap({ subject: 'tables', reason: 'second' }),
      mockGap({ subject: 'cluster.nodes', reason: 'third' }),
    ];
    render(<GapNotes gaps={gaps} />);
    const notes = screen.getAllByRole('note');
    expect(notes).toHaveLength(3);
    expect(notes[0]).toHaveTextContent(
      /Queries not observed since \d\d:\d\d: first/,
    );
    expect(notes[0]).toHaveTextContent('To do: grant system_information read');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 1 more gap' }),
    );
    expect(screen.getAllByRole('note')).toHaveLength(4);
  });
});
