import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CACHE_ANNOTATION,
  LakehouseApi,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockCache,
  mockConnection,
  mockGap,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { entityWith, renderLakehouse } from '../__testUtils__/renderLakehouse';
import { EntityLakehouseContent } from '../entity';

const CONNECTIONS = [mockConnection(), ...mockOtherConnections()];

function show(
  options: {
    ref?: string;
    search?: string;
    overrides?: Partial<LakehouseApi>;
  } = {},
) {
  renderLakehouse(<EntityLakehouseContent />, {
    api: mockLakehouse({
      connections: CONNECTIONS,
      overrides: options.overrides,
    }),
    entity: entityWith({ [CACHE_ANNOTATION]: options.ref ?? 'sessions' }),
    entities: [
      entityWith(
        { [TRINO_CLUSTER_ANNOTATION]: 'analytics' },
        { name: 'analytics' },
      ),
    ],
    search: options.search,
  });
}

const answering = (view: Parameters<typeof mockCache>[0]) => ({
  getCache: async () => mockCache(view),
});

describe('the cache of an entity', () => {
  it('shows figures, hit ratios with stampedes, prefixes, nodes and gaps', async () => {
    show();
    expect(
      await screen.findByRole('group', { name: 'Memory used' }),
    ).toHaveTextContent(/\d+ %/);
    expect(
      screen.getByRole('figure', { name: 'personal-api:summary:' }),
    ).toHaveTextContent('stampede');
    expect(
      screen.getByRole('figure', { name: 'personal-api:commits:' }),
    ).not.toHaveTextContent('stampede');
    const prefixes = screen.getByRole('table', { name: 'Key prefixes' });
    expect(within(prefixes).getAllByRole('row')).toHaveLength(4);
    expect(prefixes).toHaveTextContent('≈ 182,400');
    expect(
      within(screen.getByRole('table', { name: 'Nodes' })).getByText(
        'unreachable',
      ),
    ).toBeVisible();
    expect(
      screen.getByText('NOPERM on CONFIG GET', { exact: false }),
    ).toBeVisible();
    expect(
      screen.getByText(/primary 10\.0\.1\.13:6379 is unreachable/),
    ).toBeVisible();
  });

  it('does not show what no application tells as zero', async () => {
    show();
    const row = (await screen.findByText('superset_data_')).closest('tr');
    const cells = within(row as HTMLElement).getAllByRole('cell');
    expect(cells.slice(1, 4).map(cell => cell.textContent)).toEqual([
      '–',
      '–',
      '–',
    ]);
  });

  it('opens a prefix from a link, with its runbooks', async () => {
    show({ search: '?prefix=personal-api%3Asummary%3A' });
    const drawer = await screen.findByRole('dialog', {
      name: 'personal-api:summary:',
    });
    expect(within(drawer).getByText('told by 4 instances')).toBeVisible();
    for (const name of ['Inspect', 'Spread expiry', 'Flush']) {
      expect(await within(drawer).findByRole('button', { name })).toBeVisible();
    }
    expect(
      within(drawer).getByRole('table', { name: 'Keys by time to live' }),
    ).toHaveTextContent('under 1 m164,00090 %');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByTestId('location')).toBeEmptyDOMElement();
  });

  it('tells what a stampede cost, and leads to its queries', async () => {
    show();
    const table = await screen.findByRole('table', { name: 'Stampedes' });
    await userEvent.click(within(table).getByText('personal-api:summary:'));
    const drawer = await screen.findByRole('dialog');
    expect(screen.getByTestId('location')).toHaveTextContent('stampede=');
    expect(
      within(drawer).getByText('personal-api:summary:eu-west:2026-11'),
    ).toBeVisible();
    expect(within(drawer).getByText(/usually 21/)).toBeVisible();
    expect(
      (await within(drawer).findByText('Show these queries')).closest('a'),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(
        /^\/catalog\/default\/resource\/analytics\/lakehouse\?view=queries&source=personal-api&from=/,
      ),
    );
  });

  it('shows only the keys of its entity', async () => {
    show({ ref: 'sessions/personal-api:commits:' });
    const prefixes = await screen.findByRole('table', { name: 'Key prefixes' });
    expect(within(prefixes).getAllByRole('row')).toHaveLength(2);
    expect(screen.getByText(/None in this time/)).toBeVisible();
  });

  it('says what to do when no application tells of its keys', async () => {
    show({ overrides: answering({ prefixes: [] }) });
    expect(
      await screen.findByText(/add the package @lakehouse-ops/),
    ).toBeVisible();
    expect(screen.getByText(/No key prefix was seen yet/)).toBeVisible();
  });

  it('says as of when values are that have grown old', async () => {
    const observedAt = new Date(Date.now() - 630_000).toISOString();
    show({
      overrides: answering({
        observedAt,
        gaps: [
          mockGap({
            subject: 'cache',
            until: undefined,
            reason: 'Redis does not answer (connect timeout)',
          }),
        ],
      }),
    });
    expect(
      await screen.findByText(/10 min ago\): Redis does not/),
    ).toBeVisible();
    // What was bad then need not be bad now.
    expect(screen.getByText(/Cache last observed/)).toBeVisible();
    expect(screen.queryByText('Breached')).not.toBeInTheDocument();
  });

  it('says so when it was never observed, and shows no figure as zero', async () => {
    show({
      overrides: answering({
        observedAt: undefined,
        latest: undefined,
        series: [],
        nodes: undefined,
        slowCommands: undefined,
      }),
    });
    expect(
      await screen.findByText(/This cache was not observed yet/),
    ).toBeVisible();
    expect(screen.getByRole('group', { name: 'Evictions' })).toHaveAttribute(
      'data-state',
      'gap',
    );
  });

  it('needs a second look for rates', async () => {
    const { latest } = mockCache();
    show({
      overrides: answering({
        latest: latest && { ...latest, activity: undefined },
      }),
    });
    expect(
      await screen.findByRole('group', { name: 'Hit ratio' }),
    ).toHaveTextContent('needs a second look');
  });

  it('says which right is missing', async () => {
    const error = await mockResponseError(
      403,
      'You need lakehouse.cache.read.',
    );
    show({
      overrides: {
        getCache: async () => {
          throw error;
        },
      },
    });
    expect(
      await screen.findByText('You may not see cache sessions'),
    ).toBeVisible();
    expect(screen.getByText('You need lakehouse.cache.read.')).toBeVisible();
  });

  it('says what to change when there is no such connection', async () => {
    show({ ref: 'nowhere' });
    expect(
      await screen.findByText("Connection 'nowhere' is not known"),
    ).toBeVisible();
    expect(
      screen.getByText(new RegExp(`annotation ${CACHE_ANNOTATION}`)),
    ).toBeVisible();
  });
});
