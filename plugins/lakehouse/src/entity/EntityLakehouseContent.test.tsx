import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  LakehouseApi,
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockConnection,
  mockQueries,
  mockQuery,
} from '../__testUtils__/mockData';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from './EntityLakehouseContent';

const CLUSTER = { [TRINO_CLUSTER_ANNOTATION]: 'analytics' };

function show(
  annotations: Record<string, string>,
  options: {
    api?: LakehouseApi;
    search?: string;
    runbooks?: Parameters<typeof renderLakehouse>[1]['runbooks'];
  } = {},
) {
  const api = options.api ?? mockLakehouse({ queries: mockQueries(12) });
  renderLakehouse(<EntityLakehouseContent />, {
    api,
    entity: entityWith(annotations),
    search: options.search,
    runbooks: options.runbooks,
  });
  return api;
}

const search = () => screen.getByTestId('location').textContent;
const tabs = () =>
  screen.getAllByRole('tab').map(({ textContent }) => textContent);

describe('the tab of a cluster', () => {
  it('shows figures, charts, groups, nodes and gaps under a headline', async () => {
    show(CLUSTER);
    expect(await screen.findByRole('figure', { name: 'Memory' })).toBeVisible();
    expect(tabs()).toEqual(['Cluster', 'Queries', 'Tables']);
    expect(screen.getByRole('figure', { name: 'Concurrency' })).toBeVisible();
    expect(
      within(screen.getByRole('table', { name: 'Nodes' })).getByText(
        'shutting down',
      ),
    ).toBeVisible();
    expect(
      within(screen.getByRole('table', { name: 'Resource groups' })).getByText(
        /full/,
      ),
    ).toBeVisible();
    expect(screen.getByRole('note')).toHaveTextContent(
      'To do: grant system_information read',
    );
    expect(
      await screen.findByText('2 of 4 tables need maintenance'),
    ).toBeVisible();
  });

  it('leads from the headline to the tables', async () => {
    show(CLUSTER);
    await userEvent.click(
      await screen.findByText('2 of 4 tables need maintenance'),
    );
    expect(await screen.findByRole('table', { name: 'Tables' })).toBeVisible();
    expect(search()).toBe('?view=tables');
  });

  it('does not show a figure that was not observed as zero', async () => {
    const api = mockLakehouse();
    const { getCluster } = api;
    api.getCluster = async (...args) => {
      const view = await getCluster(...args);
      return { ...view, latest: undefined, nodes: undefined };
    };
    show(CLUSTER, { api });
    const memory = await screen.findByRole('group', {
      name: 'Memory reserved',
    });
    expect(memory).toHaveAttribute('data-state', 'gap');
    expect(memory).toHaveTextContent('–');
  });
});

describe('the queries of a cluster', () => {
  it('keeps filters in the URL, and asks the backend for them', async () => {
    const api = mockLakehouse({ queries: mockQueries(8) });
    const getQueries = jest.spyOn(api, 'getQueries');
    show(CLUSTER, { api, search: '?view=queries&sort=wallMs&page=1' });
    await userEvent.click(await screen.findByText('Running'));
    await waitFor(() => expect(search()).toContain('state=RUNNING'));
    await waitFor(() =>
      expect(getQueries).toHaveBeenLastCalledWith(
        'analytics',
        expect.objectContaining({
          states: ['PLANNING', 'STARTING', 'RUNNING', 'FINISHING'],
          offset: 0,
          limit: 50,
        }),
        expect.anything(),
      ),
    );
    expect(search()).not.toContain('page');
    await userEvent.click(screen.getByText('Clear filters'));
    await waitFor(() => expect(search()).toBe('?view=queries&sort=wallMs'));
  });

  it('keeps what is typed in the URL when the typing pauses', async () => {
    const api = mockLakehouse({ queries: mockQueries(8) });
    show(CLUSTER, { api, search: '?view=queries' });
    await userEvent.type(await screen.findByLabelText('Text or id'), 'orders');
    await waitFor(() => expect(search()).toBe('?view=queries&text=orders'));
  });

  it('keeps the sort order in the URL', async () => {
    const api = mockLakehouse({ queries: mockQueries(8) });
    show(CLUSTER, { api, search: '?view=queries' });
    const table = await screen.findByRole('table', { name: 'Queries' });
    await userEvent.click(within(table).getByText('Memory'));
    await waitFor(() =>
      expect(search()).toBe('?view=queries&sort=peakMemoryBytes&order=desc'),
    );
    await userEvent.click(within(table).getByText('Memory'));
    await waitFor(() => expect(search()).toContain('order=asc'));
  });

  it('shows what a link says', async () => {
    const api = mockLakehouse({ queries: mockQueries(12) });
    const getQueries = jest.spyOn(api, 'getQueries');
    show(CLUSTER, {
      api,
      search:
        '?view=queries&user=alice&min=1000&sort=wallMs&order=asc&page=2&from=2026-11-20T10:00:00Z&to=2026-11-20T11:00:00Z',
    });
    await waitFor(() =>
      expect(getQueries).toHaveBeenCalledWith(
        'analytics',
        {
          user: 'alice',
          minWallMs: 1_000,
          from: '2026-11-20T10:00:00.000Z',
          to: '2026-11-20T11:00:00.000Z',
          sort: 'wallMs',
          order: 'asc',
          limit: 50,
          offset: 50,
        },
        expect.anything(),
      ),
    );
  });

  it('pages', async () => {
    const api = mockLakehouse({ queries: mockQueries(60) });
    show(CLUSTER, { api, search: '?view=queries' });
    expect(await screen.findByText('1–50 of 60')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('51–60 of 60')).toBeVisible();
    expect(search()).toContain('page=2');
  });

  it('opens a row with Enter, and Esc leads back to the list', async () => {
    show(CLUSTER, { search: '?view=queries&state=FAILED' });
    const table = await screen.findByRole('table', { name: 'Queries' });
    const [, row] = within(table).getAllByRole('row');
    row.focus();
    await userEvent.keyboard('{Enter}');
    const drawer = await screen.findByRole('dialog');
    expect(search()).toContain('query=20261121');
    expect(
      await within(drawer).findByText(/EXCEEDED_TIME_LIMIT/),
    ).toBeVisible();
    expect(
      within(drawer)
        .getByText(/Trino UI/)
        .closest('a'),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(
        /^http:\/\/trino\.example:8080\/ui\/query\.html\?2026/,
      ),
    );
    expect(
      within(drawer).queryByRole('button', { name: 'Kill' }),
    ).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(search()).not.toContain('query='));
    expect(search()).toContain('state=FAILED');
  });

  it('offers to kill what has not ended, and nothing else', async () => {
    const api = mockLakehouse({
      queries: [
        mockQuery({ queryId: 'q_run', state: 'RUNNING', user: 'runner' }),
        mockQuery({ queryId: 'q_wait', state: 'QUEUED', user: 'waiter' }),
        mockQuery({ queryId: 'q_done', state: 'FINISHED', user: 'done' }),
      ],
    });
    show(CLUSTER, { api, search: '?view=queries' });
    const rowOf = async (user: string) =>
      within((await screen.findByText(user)).closest('tr')!);
    expect(
      await (await rowOf('runner')).findByRole('button', { name: 'Kill' }),
    ).toBeEnabled();
    expect(
      (await rowOf('waiter')).getByRole('button', { name: 'Kill' }),
    ).toBeEnabled();
    expect((await rowOf('done')).queryByRole('button')).not.toBeInTheDocument();
  });

  it('says on the button why one may not kill', async () => {
    const api = mockLakehouse({
      queries: [mockQuery({ queryId: 'q_run', state: 'RUNNING' })],
    });
    show(CLUSTER, {
      api,
      search: '?view=queries',
      runbooks: {
        getAllowances: async asks => ({
          items: asks.map(() => ({
            allowed: false,
            reason: 'You need runbooks.run.execute.',
          })),
        }),
      },
    });
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Kill' }),
      ).toHaveAccessibleDescription('You need runbooks.run.execute.'),
    );
  });

  it('tells an empty hour from filters that match nothing', async () => {
    const api = mockLakehouse({ queries: [] });
    show(CLUSTER, { api, search: '?view=queries' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Widen to 24 h' }),
    );
    await waitFor(() => expect(search()).toContain('range=24h'));
    await userEvent.click(screen.getByRole('button', { name: 'Running' }));
    expect(
      await screen.findByText(/matches these filters/),
    ).toBeInTheDocument();
  });

  it('says what one may not see, once', async () => {
    const api = mockLakehouse();
    const denied = await mockResponseError(
      403,
      'You need lakehouse.query.read on analytics.',
    );
    api.getQueries = async () => Promise.reject(denied);
    api.getQueryStats = async () => Promise.reject(denied);
    show(CLUSTER, { api, search: '?view=queries' });
    expect(
      await screen.findByText('You may not see queries on analytics'),
    ).toBeVisible();
    expect(
      screen.getAllByText('You need lakehouse.query.read on analytics.'),
    ).toHaveLength(1);
  });
});

describe('the tables of a cluster', () => {
  it('are worst first as the backend sorts them, and open in a drawer', async () => {
    const api = mockLakehouse();
    const getTables = jest.spyOn(api, 'getTables');
    show(CLUSTER, { api, search: '?view=tables' });
    const table = await screen.findByRole('table', { name: 'Tables' });
    expect(getTables).toHaveBeenCalledWith(
      expect.objectContaining({ sort: 'score', order: 'asc' }),
      expect.anything(),
    );
    expect(
      within(table).getByRole('button', { name: 'Compact (1,114 → 26 files)' }),
    ).toBeEnabled();
    await userEvent.click(within(table).getByText('daily_sales'));
    const drawer = await screen.findByRole('dialog');
    expect(search()).toContain('open=analytics%2Flake.gold.daily_sales');
    expect(
      await within(drawer).findByRole('figure', { name: 'Data files by size' }),
    ).toBeVisible();
    expect(
      within(drawer).getByRole('table', { name: 'Statistics by column' }),
    ).toBeVisible();
    expect(
      within(drawer).getByRole('button', { name: 'Refresh statistics' }),
    ).toBeEnabled();
  });

  it('are filtered by status through the URL', async () => {
    show(CLUSTER, { search: '?view=tables' });
    await screen.findByRole('table', { name: 'Tables' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'At risk 1' }),
    );
    await waitFor(() => expect(search()).toContain('status=at-risk'));
    await waitFor(() =>
      expect(screen.queryByText('daily_sales')).not.toBeInTheDocument(),
    );
    expect(screen.getByText('orders')).toBeVisible();
  });
});

describe('the tab of a table', () => {
  it('shows that table, and only queries on it', async () => {
    const api = mockLakehouse({ queries: mockQueries(12) });
    const getQueries = jest.spyOn(api, 'getQueries');
    show({ [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales' }, { api });
    expect(
      await screen.findByRole('table', { name: 'Parts of the score' }),
    ).toBeVisible();
    expect(tabs()).toEqual(['Table', 'Queries']);
    expect(screen.getByRole('group', { name: 'Nodes' })).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'Queries' }));
    await waitFor(() =>
      expect(getQueries).toHaveBeenCalledWith(
        'analytics',
        expect.objectContaining({ table: 'lake.gold.daily_sales' }),
        expect.anything(),
      ),
    );
    expect(
      await screen.findByTitle("Set by this entity's annotations"),
    ).toHaveTextContent('table lake.gold.daily_sales');
    expect(screen.queryByLabelText('Table')).not.toBeInTheDocument();
  });

  it('says what to change when there is no such table', async () => {
    show({ [TABLE_ANNOTATION]: 'analytics/lake.gold.gone' });
    expect(
      await screen.findByText('Table lake.gold.gone is not known'),
    ).toBeVisible();
    expect(screen.getByText(/Change the annotation if/)).toBeVisible();
  });
});

describe('the tab of a component with a query selector', () => {
  const SELECTOR = { [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api' };

  it('shows its own queries on the only connection', async () => {
    const api = mockLakehouse({ queries: mockQueries(12) });
    const getQueries = jest.spyOn(api, 'getQueries');
    show(SELECTOR, { api, search: '?source=others' });
    await waitFor(() =>
      expect(getQueries).toHaveBeenCalledWith(
        'analytics',
        expect.objectContaining({ source: 'personal-api' }),
        expect.anything(),
      ),
    );
    expect(tabs()).toEqual(['Queries', 'Cluster']);
  });

  it('asks which cluster when there are several', async () => {
    const api = mockLakehouse({
      connections: [mockConnection(), mockConnection({ id: 'adhoc' })],
    });
    show(SELECTOR, { api });
    expect(await screen.findByText('Which cluster?')).toBeVisible();
    expect(screen.getByText(/analytics, adhoc/)).toBeVisible();
  });

  it('says how to configure a first connection', async () => {
    show(SELECTOR, { api: mockLakehouse({ connections: [] }) });
    expect(
      await screen.findByText('There is no Trino connection that you may see'),
    ).toBeVisible();
  });
});

describe('annotations that point at nothing', () => {
  it('say what to change', async () => {
    show({ [TRINO_CLUSTER_ANNOTATION]: 'nowhere' });
    expect(
      await screen.findByText("Connection 'nowhere' is not known"),
    ).toBeVisible();
    expect(screen.getByText(/Known are: analytics\./)).toBeVisible();
    expect(screen.getByText(/Change the annotation/)).toBeVisible();
  });

  it('say what is wrong with them', async () => {
    show({ [TABLE_ANNOTATION]: 'orders' });
    expect(
      await screen.findByText(
        `The annotation ${TABLE_ANNOTATION} can't be read`,
      ),
    ).toBeVisible();
    expect(screen.getByText(/Write <connection>\//)).toBeVisible();
  });
});
