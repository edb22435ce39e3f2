import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TABLE_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockConnection,
  mockGap,
  mockMetrics,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { LakehouseFleet } from './LakehouseFleet';

const down = mockConnection({
  id: 'adhoc',
  title: 'Zebra cluster',
  status: 'down',
  message: 'It does not answer (connect timeout).',
  gaps: [mockGap({ connection: 'adhoc', until: undefined })],
});

const ALL = [mockConnection(), ...mockOtherConnections()];

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
    await userEvent.click(await screen.findByRole('tab', { name: 'Tables' }));
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

  it('lists what needs attention in all systems, with owner and runbook', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
      entities: [
        entityWith(
          { [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales' },
          {
            name: 'daily-sales',
            relations: [
              { type: 'ownedBy', targetRef: 'group:default/team-analytics' },
            ],
          },
        ),
      ],
    });
    const attention = await screen.findByRole('table', {
      name: 'Needs attention',
    });
    const row = within(attention).getByText('gold.daily_sales').closest('tr');
    expect(row).toHaveTextContent('1,085 of 1,114 files');
    await waitFor(() => expect(row).toHaveTextContent('team-analytics'));
    expect(
      within(row as HTMLElement).getByRole('button', { name: /^Compact/ }),
    ).toBeVisible();
    // The owner's link is followed, the row not opened.
    await userEvent.click(
      within(row as HTMLElement).getByText('team-analytics'),
    );
    expect(screen.getByTestId('location')).toBeEmptyDOMElement();
    expect(attention).toHaveTextContent(
      'primary 10.0.1.13:6379 is unreachable',
    );
    expect(within(attention).getAllByRole('row')).toHaveLength(6);
    await userEvent.click(
      screen.getByRole('button', { name: /^Show \d+ more/ }),
    );
    await waitFor(() => expect(attention).toHaveTextContent('trino-worker'));
    expect(
      screen.getByRole('group', { name: 'Systems answering' }),
    ).toHaveTextContent('6of 6');
  });

  it('leads from what needs attention to where it is shown', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
    });
    const attention = await screen.findByRole('table', {
      name: 'Needs attention',
    });
    await userEvent.click(
      within(attention).getByText('Sales of the day are missing'),
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?on=bi&alert=4&tab=dashboards',
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'Sales of the day are missing',
      }),
    ).toBeVisible();
  });

  it('says what could not be looked at', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({
        connections: ALL,
        overrides: {
          getWorkloads: async () => {
            throw new TypeError('Failed to fetch');
          },
        },
      }),
    });
    expect(await screen.findByText(/Not looked at: prod-k8s\./)).toBeVisible();
  });

  it('lists connections of all systems, and leads to their parts', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
    });
    const others = await screen.findByRole('table', { name: 'Other systems' });
    expect(within(others).getAllByRole('row')).toHaveLength(6);
    expect(
      within(screen.getByRole('table', { name: 'Clusters' })).getAllByRole(
        'row',
      ),
    ).toHaveLength(2);
    await userEvent.click(within(others).getByText('Sessions cache'));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?on=sessions&tab=caches',
    );
    expect(
      await screen.findByRole('table', { name: 'Key prefixes' }),
    ).toBeVisible();
  });

  it('shows whether what a Prometheus scrapes answers', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
    });
    const others = await screen.findByRole('table', { name: 'Other systems' });
    await userEvent.click(
      within(others).getByText('Prometheus', { selector: 'strong' }),
    );
    expect(screen.getByTestId('location')).toHaveTextContent('?on=prometheus');
    const drawer = await screen.findByRole('dialog', { name: 'Prometheus' });
    const targets = await within(drawer).findByRole('table', {
      name: 'Scrape targets',
    });
    const [, first, second] = within(targets).getAllByRole('row');
    expect(first).toHaveTextContent(
      /^Down ?redisredis-exporter\.example:9121\d+ s agoconnection refused$/,
    );
    expect(second).toHaveTextContent(/^Up.*trino\.example:8080/);
    expect(
      within(drawer).getByRole('table', { name: 'Prometheus alerts' }),
    ).toHaveTextContent('DiskFull');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByTestId('location')).toBeEmptyDOMElement(),
    );
  });

  it('says why no scrape target is known', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({
        connections: ALL,
        overrides: {
          getMetrics: async () =>
            mockMetrics({
              targets: [],
              alerts: [],
              gaps: [
                mockGap({
                  connection: 'prometheus',
                  subject: 'metrics.targets',
                  until: undefined,
                  reason: '404 on /api/v1/targets',
                }),
              ],
            }),
        },
      }),
      search: '?on=prometheus',
    });
    const drawer = await screen.findByRole('dialog', { name: 'Prometheus' });
    expect(
      await within(drawer).findByText(/^not observed: 404 on \/api/),
    ).toBeVisible();
    expect(within(drawer).getByText('None fires.')).toBeVisible();
  });

  it('shows a gateway with its backends', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
      search: '?on=gateway',
    });
    const drawer = await screen.findByRole('dialog', { name: 'Trino Gateway' });
    expect(
      await within(drawer).findByRole('table', {
        name: 'Backends of Trino Gateway',
      }),
    ).toHaveTextContent('bi-green');
  });

  it.each([
    ['dashboards', 'Dashboards'],
    ['workloads', 'Workloads'],
    ['timeline', 'Events'],
    ['caches', 'Key prefixes'],
  ])('shows %s from a link', async (tab, name) => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({ connections: ALL }),
      search: `?tab=${tab}`,
    });
    expect(await screen.findByRole('table', { name })).toBeVisible();
    expect(screen.getByRole('tab', { selected: true })).toHaveTextContent(
      new RegExp(tab, 'i'),
    );
  });

  it('says how to configure a system that is not', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse(),
      search: '?tab=caches',
    });
    expect(
      await screen.findByText(
        'There is no connection to Redis that you may see',
      ),
    ).toBeVisible();
  });

  it('lets one of several connections be chosen, the worst first', async () => {
    renderLakehouse(<LakehouseFleet />, {
      api: mockLakehouse({
        connections: [
          ...ALL,
          mockConnection({
            id: 'other',
            system: 'redis',
            title: 'Other cache',
            status: 'down',
          }),
        ],
      }),
      search: '?tab=caches',
    });
    const choice = await screen.findByRole('group', { name: 'Connection' });
    const buttons = within(choice).getAllByRole('button');
    expect(buttons.map(button => button.textContent)).toEqual([
      'Other cache',
      'Sessions cache',
    ]);
    await userEvent.click(buttons[1]);
    expect(screen.getByTestId('location')).toHaveTextContent('on=sessions');
  });
});
