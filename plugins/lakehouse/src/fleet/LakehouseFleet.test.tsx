import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockConnection, mockGap } from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { renderLakehouse } from '../__testUtils__/renderLakehouse';
import { LakehouseFleet } from './LakehouseFleet';

const down = mockConnection({
  id: 'adhoc',
  title: 'Zebra cluster',
  status: 'down',
  message: 'It does not answer (connect timeout).',
  gaps: [mockGap({ connection: 'adhoc', until: undefined })],
});

describe('LakehouseFleet', () => {
  it('lists clusters worst first, with their reason', async () => {
    const api = mockLakehouse({ connections: [mockConnection(), down] });
    renderLakehouse(<LakehouseFleet />, { api });
    const table = await screen.findByRole('table', { name: 'Clusters' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Zebra cluster');
    expect(first).toHaveTextContent('It does not answer (connect timeout).');
    expect(second).toHaveTextContent('Analytics cluster');
    expect(
      await screen.findByText(
        'Zebra cluster is down; 2 of 4 tables need maintenance.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('group', { name: 'Gaps now' })).toHaveTextContent(
      '1',
    );
  });

  it('lists the tables of all connections, and opens them', async () => {
    const api = mockLakehouse({ connections: [mockConnection(), down] });
    const getTables = jest.spyOn(api, 'getTables');
    renderLakehouse(<LakehouseFleet />, { api });
    await userEvent.click(await screen.findByText('daily_sales'));
    expect(await screen.findByRole('dialog')).toBeVisible();
    expect(screen.getByTestId('location')).toHaveTextContent('open=analytics');
    expect(getTables).toHaveBeenCalledWith(
      expect.objectContaining({ connection: undefined, sort: 'score' }),
      expect.anything(),
    );
  });

  it('opens a cluster from a link', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse(),
      search: '?cluster=analytics',
    });
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByRole('figure', { name: 'Memory' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByTestId('location')).toBeEmptyDOMElement(),
    );
  });

  it('tells what to paste when no connection is configured', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: [] }),
    });
    expect(
      await screen.findByText('There is no Trino connection that you may see'),
    ).toBeVisible();
    await waitFor(() =>
      expect(document.body).toHaveTextContent(/lakehouse: trino: connections:/),
    );
  });

  it('names a table with odd letters as the server does', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse(),
      search: `?open=${encodeURIComponent(
        'analytics/lake.silver."we""ird.na$me ü"',
      )}`,
    });
    const drawer = await screen.findByRole('dialog', {
      name: 'lake.silver."we""ird.na$me ü"',
    });
    expect(
      await within(drawer).findByText(/Not inspected: timeout after 30 s/),
    ).toBeVisible();
    expect(within(drawer).getByRole('note')).toHaveTextContent(
      'raise the time budget of the sweep',
    );
  });
});
