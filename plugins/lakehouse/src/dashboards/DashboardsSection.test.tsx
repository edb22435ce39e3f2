import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  DASHBOARD_ANNOTATION,
  LakehouseAlert,
  LakehouseApi,
  TABLE_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockAlert,
  mockConnection,
  mockDashboard,
  mockDashboards,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from '../entity';
import { dashboardFreshness } from './alertLooks';
import { invalidateRun, runAlertRun, warmRun } from './dashboardActions';

const TABLE = 'analytics/lake.gold.daily_sales';

function show(
  options: {
    annotations?: Record<string, string>;
    search?: string;
    overrides?: Partial<LakehouseApi>;
  } = {},
) {
  const api = mockLakehouse({
    connections: [mockConnection(), ...mockOtherConnections()],
    overrides: options.overrides,
  });
  const getAlert = jest.spyOn(api, 'getAlert');
  const { unmount } = renderLakehouse(<EntityLakehouseContent />, {
    api,
    entity: entityWith(
      options.annotations ?? { [DASHBOARD_ANNOTATION]: 'bi/11' },
    ),
    entities: [
      entityWith({ [TABLE_ANNOTATION]: TABLE }, { name: 'daily-sales' }),
      entityWith({ [DASHBOARD_ANNOTATION]: 'bi/11' }, { name: 'sales' }),
    ],
    search: options.search,
  });
  return { getAlert, unmount };
}

describe('the dashboard of an entity', () => {
  it('marks charts whose answer is older than the data', async () => {
    show();
    const charts = await screen.findByRole('table', { name: 'Charts' });
    const row = within(charts).getByText('Sales by day').closest('tr');
    expect(row).toHaveTextContent('Outdated');
    expect(row).toHaveTextContent(/[23] h ago/);
    expect(within(charts).getByText('Returns').closest('tr')).toHaveTextContent(
      'Not cached',
    );
    expect(within(charts).getByText('Targets').closest('tr')).toHaveTextContent(
      'Not known',
    );
    expect(
      screen.getByText('1 of 4 charts shows older data than the table has.'),
    ).toBeVisible();
  });

  it('offers to drop from the cache only what can be in it', async () => {
    show();
    const charts = await screen.findByRole('table', { name: 'Charts' });
    expect(
      await within(charts).findAllByRole('button', { name: 'Drop from cache' }),
    ).toHaveLength(3);
  });

  it('leads to the entities of the tables that it reads', async () => {
    show();
    const tables = await screen.findByRole('table', {
      name: 'Tables that it reads',
    });
    expect(
      (await within(tables).findByText('lake.gold.daily_sales')).closest('a'),
    ).toHaveAttribute('href', '/catalog/default/resource/daily-sales');
    expect(within(tables).getByText('public.targets').closest('a')).toBeNull();
  });

  it('asks for the history of an alert when it is opened', async () => {
    const { getAlert } = show();
    const card = await screen.findByRole('button', {
      name: /^Fired ?Sales of the day are missing/,
    });
    expect(card).toHaveTextContent('fired 20 min ago, value 3 is below 5');
    expect(screen.queryByText('Export has stalled')).not.toBeInTheDocument();
    expect(getAlert).not.toHaveBeenCalled();
    await userEvent.click(card);
    const drawer = await screen.findByRole('dialog');
    expect(screen.getByTestId('location')).toHaveTextContent('?alert=4');
    expect(
      await within(drawer).findByRole('img', { name: /Past evaluations/ }),
    ).toBeVisible();
    expect(getAlert).toHaveBeenCalledWith('bi', '4', expect.anything());
    expect(within(drawer).getByText(/Superset says “Success”/)).toBeVisible();
    expect(
      within(drawer).getByText(/exceeded the maximum run time/),
    ).toBeVisible();
  });

  it('tells when an alert is due next, or why not', async () => {
    const due = new Date(Date.now() + 12.5 * 60_000).toISOString();
    const next = (alert: Partial<LakehouseAlert>) => ({
      getDashboards: async () =>
        mockDashboards({
          alerts: [mockAlert({ nextRunAt: undefined, ...alert })],
        }),
    });
    const open = async (alert: Partial<LakehouseAlert>) => {
      const { unmount } = show({ search: '?alert=4', overrides: next(alert) });
      const drawer = await screen.findByRole('dialog');
      const card = screen.getByText(/· evaluated/);
      const texts = {
        card: card.textContent,
        drawer: within(drawer).getByText('Next').parentElement?.textContent,
      };
      unmount();
      return texts;
    };
    const known = await open({ nextRunAt: due });
    expect(known.card).toMatch(/ · next .*\d\d:\d\d \(in 12 min\)$/);
    expect(known.drawer).toMatch(/^Next.*\d\d:\d\d \(in 12 min\)$/);
    const unknown = await open({
      nextRunUnknown: "its schedule 'soon' is not understood",
    });
    expect(unknown.card).toMatch(/ · next run not known$/);
    expect(unknown.drawer).toBe(
      "Nextnot known: its schedule 'soon' is not understood",
    );
    const off = await open({ active: false, state: 'inactive' });
    expect(off.card).not.toContain('next');
    expect(off.drawer).toBe('Nextnone: it is switched off');
  });

  it('says what to do when the log may not be read', async () => {
    show({
      search: '?alert=4',
      overrides: { getAlert: async () => mockDashboards().alerts[0] },
    });
    expect(
      await screen.findByText(/may not read the execution log/),
    ).toBeVisible();
  });

  it('says so when alerts are off, and when only a part is seen', async () => {
    show({
      overrides: {
        getDashboards: async () =>
          mockDashboards({
            alerts: [],
            alertsOff: true,
            partial: 'the account is no admin.',
          }),
      },
    });
    expect(await screen.findByText(/ALERT_REPORTS/)).toBeVisible();
    expect(screen.getByText(/Only a part is shown/)).toBeVisible();
  });

  it('says what to check when the dashboard is not known', async () => {
    show({ annotations: { [DASHBOARD_ANNOTATION]: 'bi/99' } });
    expect(
      await screen.findByRole('heading', { name: 'Dashboard 99 is not known' }),
    ).toBeVisible();
    expect(screen.queryByText('Superset is healthy')).not.toBeInTheDocument();
  });
});

describe('the dashboards of a table', () => {
  it('are listed on its tab, as links to their entities', async () => {
    show({ annotations: { [TABLE_ANNOTATION]: TABLE } });
    const table = await screen.findByRole('table', {
      name: 'Dashboards that read this table',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(
      (await within(table).findByText('Sales')).closest('a'),
    ).toHaveAttribute('href', '/catalog/default/resource/sales');
  });
});

describe('what stands for a dashboard', () => {
  it('is unknown only when no chart could be asked', () => {
    const { charts } = mockDashboard();
    const unknown = charts.filter(({ cache }) => cache === 'unknown');
    expect(dashboardFreshness(mockDashboard({ charts: unknown })).status).toBe(
      'unknown',
    );
    expect(dashboardFreshness(mockDashboard({ charts: [] })).status).toBe(
      'healthy',
    );
  });

  it('names what the runbooks act on as they do', () => {
    const dashboard = mockDashboard();
    expect(invalidateRun('bi', dashboard.charts[0])).toMatchObject({
      target: { kind: 'dataset', name: '7' },
      parameters: { connection: 'bi', datasetId: '7' },
    });
    expect(
      invalidateRun('bi', { ...dashboard.charts[0], datasetId: undefined }),
    ).toBeUndefined();
    expect(warmRun(dashboard).parameters).toEqual({
      connection: 'bi',
      dashboardId: '11',
    });
    expect(runAlertRun(mockDashboards().alerts[0]).parameters).toEqual({
      connection: 'bi',
      alertId: '4',
    });
  });
});
